import { UserRound } from "lucide-react";
import Link from "next/link";
import { Icon } from "../ui/icon";
import type { Person } from "./entries";
import { SignOut } from "./sign-out";
import { ThemeChoice } from "./theme-choice";

/** Opens from the user's box in the sidebar and from the header on phones. */
export function AccountMenu({ person, theme }: { person: Person; theme: string | undefined }) {
  return (
    <section
      id="account-menu"
      aria-label="Account and theme"
      popover="auto"
      className="fixed top-auto right-auto bottom-[62px] left-3 w-[240px] rounded-md border border-border-2 bg-raised p-1 text-sm text-fg shadow-2 max-desk:top-[56px] max-desk:right-2 max-desk:bottom-auto max-desk:left-auto"
    >
      <p className="truncate px-2 pt-2 pb-1.5 text-xs text-fg-3">
        Signed in as <span className="mono text-fg-2">{person.username}</span>
      </p>
      <div className="px-2 pt-1 pb-2.5">
        <ThemeChoice theme={theme} />
      </div>
      <div className="border-border border-t pt-1">
        <Link
          prefetch={false}
          href="/account"
          className="flex h-8 items-center gap-[9px] rounded-xs px-2 text-fg no-underline hover:bg-raised-hover hover:no-underline max-desk:h-11"
        >
          <Icon of={UserRound} size={14} />
          Account
        </Link>
        <SignOut />
      </div>
    </section>
  );
}
