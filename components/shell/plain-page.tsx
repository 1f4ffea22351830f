import Link from "next/link";
import type { ReactNode } from "react";
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
        <Link prefetch={false} href="/help#what" className="text-fg-2">
          What is an API token?
        </Link>
        <Link prefetch={false} href="/help#use" className="text-fg-2">
          Use a token in a script
        </Link>
        {host && <span>{host}</span>}
      </footer>
    </div>
  );
}
