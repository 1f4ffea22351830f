"use client";
import { FileDown } from "lucide-react";
import { Button } from "../ui/button";
import { CopyButton } from "../ui/copy-button";
import { Icon } from "../ui/icon";

const FILE = "latchkey-recovery-codes.txt";

/** The codes that stand in for a lost factor. Shown in the only answer that carries them. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const download = () => {
    const url = URL.createObjectURL(new Blob([`${codes.join("\n")}\n`], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = FILE;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <section aria-label="Recovery codes" data-keep="" className="grid gap-3">
      <p className="text-pretty text-fg-2">
        <b className="text-fg">Shown once.</b> Each of these lets you in once, should you lose your phone or key. Keep
        them where you keep your passwords, or print them.
      </p>
      <ul
        aria-label="The codes"
        className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-md border border-border bg-code-bg px-4 py-3 font-mono text-sm leading-6 desk:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code} className="select-all [overflow-wrap:anywhere]">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton text={codes.join("\n")} name="Copy the codes" />
        <Button onClick={download}>
          <Icon of={FileDown} />
          Download
        </Button>
        <Button look="primary" className="ml-auto max-desk:w-full" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </section>
  );
}
