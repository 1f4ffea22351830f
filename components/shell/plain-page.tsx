import type { ReactNode } from "react";
import { TextLink } from "../ui/text-link";
import { Logo } from "./logo";

type Props = { wide?: boolean; host?: string | undefined; children: ReactNode };

/** A page with one thing on it, for who is not signed in: sign-in, first run, not found. */
export function PlainPage({ wide = false, host, children }: Props) {
  return (
    <div className="grid min-h-dvh grid-rows-[1fr_auto]">
      <main className="grid place-items-center px-4 py-8 max-desk:py-6">
        <div className={wide ? "w-[min(640px,100%)]" : "w-[min(368px,100%)]"}>
          <div className="-ml-[3px] mb-7 flex items-center gap-[9px] text-[17px] font-semibold tracking-[-.015em]">
            <Logo className="size-7" />
            Latchkey
          </div>
          {children}
        </div>
      </main>
      <footer className="flex flex-wrap justify-center gap-x-[18px] gap-y-1.5 p-[18px] text-sm text-fg-3">
        <TextLink href="/help#what">What is an API token?</TextLink>
        <TextLink href="/help#use">Use a token in a script</TextLink>
        {host && <span>{host}</span>}
      </footer>
    </div>
  );
}
