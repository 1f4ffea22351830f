import { ChevronsUpDown, Menu } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { PaletteButton } from "../palette/palette-button";
import { PalettePlace } from "../palette/palette-place";
import { Avatar } from "../ui/avatar";
import { buttonClass } from "../ui/button-class";
import { Icon } from "../ui/icon";
import { AccountMenu } from "./account-menu";
import { type Person, type Place, pagesOf, roleWords } from "./entries";
import { Logo } from "./logo";
import { Nav } from "./nav";

type Props = { person: Person; here: Place; theme: string | undefined; wide?: boolean; children: ReactNode };

/**
 * The frame of every page of somebody signed in: sidebar, on phones a header. Menus are the browser's own popovers:
 * they close on Escape and on a press outside, and need no script.
 */
export function Shell({ person, here, theme, wide = false, children }: Props) {
  return (
    <div className="min-h-dvh desk:grid desk:grid-cols-[var(--sidebar-w)_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only z-(--z-toast) rounded-sm bg-raised px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      <header className="sticky top-0 z-(--z-bar) flex h-[52px] items-center gap-1.5 border-border border-b bg-sidebar pr-2 pl-1.5 desk:hidden">
        <button
          type="button"
          popoverTarget="menu"
          aria-label="Menu"
          className={buttonClass({ look: "quiet", size: "icon" })}
        >
          <Icon of={Menu} />
        </button>
        <Brand />
        <span className="ml-auto">
          <PaletteButton small />
        </span>
        <button
          type="button"
          popoverTarget="account-menu"
          aria-label="Account and theme"
          className="rounded-full p-1.5"
        >
          <Avatar name={person.displayName} />
        </button>
      </header>
      <div
        id="menu"
        popover="auto"
        className="fixed top-[52px] right-auto bottom-auto left-2 mt-1 w-[min(280px,calc(100vw-16px))] rounded-lg border border-border-2 bg-raised p-2 text-fg shadow-3 desk:hidden"
      >
        <Nav person={person} here={here} />
      </div>
      <aside className="sticky top-0 flex h-dvh flex-col border-border border-r bg-sidebar px-3 pt-3.5 pb-3 max-desk:hidden">
        <div className="grid gap-3 pb-3.5">
          <Brand />
          <PaletteButton />
        </div>
        <Nav person={person} here={here} />
        <div className="mt-auto flex items-center gap-2.5 border-border border-t px-2 pt-2.5 pb-1">
          <Avatar name={person.displayName} />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{person.displayName}</span>
            <span className="block truncate text-xs text-fg-3">{roleWords[person.role]}</span>
          </span>
          <button
            type="button"
            popoverTarget="account-menu"
            aria-label="Account and theme"
            className={buttonClass({ look: "quiet", size: "icon-sm" })}
          >
            <Icon of={ChevronsUpDown} />
          </button>
        </div>
      </aside>
      <AccountMenu person={person} theme={theme} />
      <PalettePlace seeker={{ role: person.role, manages: person.manages }} pages={pagesOf(person)} />
      <main id="main" tabIndex={-1} className={wide ? "min-w-0" : "page-pad min-w-0 pt-10 pb-10 max-desk:pt-[18px]"}>
        {children}
      </main>
    </div>
  );
}

function Brand() {
  return (
    <Link
      prefetch={false}
      href="/tokens"
      className="flex items-center gap-[9px] rounded-sm px-2 py-0.5 text-md font-semibold tracking-[-.01em] text-fg no-underline hover:no-underline"
    >
      <Logo />
      Latchkey
    </Link>
  );
}
