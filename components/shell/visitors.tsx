import type { ReactNode } from "react";
import { ButtonLink } from "../ui/button-link";
import { Logo } from "./logo";

/** A page to read for who is not signed in: the mark, a way in, the page. */
export function Visitors({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="page-pad sticky top-0 z-(--z-bar) flex h-[52px] items-center gap-[9px] border-border border-b bg-sidebar text-md font-semibold">
        <Logo />
        Latchkey
        <ButtonLink href="/sign-in" size="sm" className="ml-auto">
          Sign in
        </ButtonLink>
      </header>
      <main className="page-pad pt-10 pb-10 max-desk:pt-[18px]">{children}</main>
    </>
  );
}
