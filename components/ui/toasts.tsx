"use client";
import { Check, CircleAlert } from "lucide-react";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./button";
import { Icon } from "./icon";
import { type Notice, onNotice } from "./notify";

/** Six seconds, longer while hovered or focused (sonner sees to it), announced politely. */
export function Toasts({ first }: { first: Notice }) {
  useEffect(() => {
    const stop = onNotice(show);
    // sonner listens from its own effect, which has run by the next frame
    const frame = requestAnimationFrame(() => show(first));
    return () => {
      cancelAnimationFrame(frame);
      stop();
    };
  }, [first]);
  return <Sonner position="bottom-center" visibleToasts={3} gap={8} duration={6000} containerAriaLabel="Notices" />;
}

function show({ tone, text, action }: Notice): void {
  toast.custom((id) => (
    <div className="flex w-[min(420px,calc(100vw-32px))] items-center gap-2.5 rounded-md border border-border-2 bg-raised px-3 py-[11px] text-sm text-fg shadow-2">
      <Icon
        of={tone === "done" ? Check : CircleAlert}
        className={tone === "done" ? "text-success-fg" : "text-danger-fg"}
      />
      <span className="min-w-0 flex-1">{text}</span>
      {action && (
        <Button
          look="quiet"
          size="sm"
          onClick={() => {
            toast.dismiss(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
    </div>
  ));
}
