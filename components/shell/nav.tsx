import Link from "next/link";
import { Icon } from "../ui/icon";
import { entriesFor, type Person, type Place } from "./entries";

const LINK =
  "flex h-[30px] items-center gap-[9px] rounded-sm px-2 text-sm text-fg-2 no-underline hover:bg-surface-3 hover:text-fg hover:no-underline aria-[current]:bg-surface-3 aria-[current]:font-medium aria-[current]:text-fg max-desk:h-11 [&_svg]:text-fg-3 aria-[current]:[&_svg]:text-accent-fg";

/** Where one can go, and where one is. */
export function Nav({ person, here }: { person: Person; here: Place }) {
  return (
    <nav aria-label="Main" className="grid gap-4">
      {entriesFor(person).map((group) => (
        <div key={group.title ?? "all"}>
          {group.title && <p className="px-2 py-1 text-xs font-medium text-fg-3">{group.title}</p>}
          <ul className="grid gap-px">
            {group.entries.map((entry) => (
              <li key={entry.place}>
                <Link
                  prefetch={false}
                  href={entry.href}
                  aria-current={entry.place === here ? "page" : undefined}
                  className={LINK}
                >
                  <Icon of={entry.icon} />
                  {entry.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
