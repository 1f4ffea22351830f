"use client";
import { EyeOff, FileDown } from "lucide-react";
import { Button } from "../../ui/button";
import { CopyButton } from "../../ui/copy-button";
import { Icon } from "../../ui/icon";
import { ShownOnce } from "../../ui/shown-once";
import { envFile, type SnippetFacts } from "./snippets";

/** The secret, in the only answer that ever carries it: it lives in this page's memory and nowhere else. */
export function SecretOnce({ facts }: { facts: Omit<SnippetFacts, "kind"> }) {
  const download = () => {
    const url = URL.createObjectURL(new Blob([envFile(facts)], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = "latchkey.env";
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <ShownOnce
      label="The secret"
      icon={EyeOff}
      row={
        <div className="flex gap-2 @max-[640px]:flex-wrap">
          <output
            aria-label="Secret"
            className="flex h-10 min-w-0 flex-1 select-all items-center overflow-x-auto whitespace-nowrap rounded-sm border border-border bg-code-bg px-3 font-mono text-md font-medium tracking-[-.01em] @max-[640px]:h-auto @max-[640px]:basis-full @max-[640px]:whitespace-normal @max-[640px]:break-all @max-[640px]:py-2 @max-[640px]:text-base"
          >
            {facts.secret}
          </output>
          <CopyButton
            text={facts.secret}
            name="Copy the secret"
            look="primary"
            size="lg"
            focusFirst
            className="@max-[640px]:flex-1"
          />
          <Button size="lg" onClick={download} aria-label="Download as .env file" className="@max-[640px]:flex-1">
            <Icon of={FileDown} />
            .env
          </Button>
        </div>
      }
      said={
        <>
          <b className="text-fg">Shown once.</b> Only a digest is kept, nobody can show it again. Lost it? Rotate the
          token.
        </>
      }
    />
  );
}
