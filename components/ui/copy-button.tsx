"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";
import type { ButtonLook } from "./button-class";
import { copyText } from "./copy-text";
import { Icon } from "./icon";

type Props = ButtonLook & { text: string; name?: string; className?: string; focusFirst?: boolean };

/** Copies and says so in the same place, also to screen readers. If the browser refuses, it says that. */
export function CopyButton({ text, name, className, focusFirst = false, ...look }: Props) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2500);
    return () => clearTimeout(timer);
  }, [state]);
  const said = state === "copied" ? "Copied" : state === "refused" ? "Select and copy it" : "Copy";
  return (
    <>
      <Button
        {...look}
        className={className ?? ""}
        aria-label={state === "idle" ? name : undefined}
        data-focus-first={focusFirst || undefined}
        onClick={async () => setState((await copyText(text)) ? "copied" : "refused")}
      >
        <Icon of={state === "copied" ? Check : Copy} size={look.size === "sm" ? 14 : 16} />
        {said}
      </Button>
      <span role="status" className="sr-only">
        {state === "idle" ? "" : said}
      </span>
    </>
  );
}
