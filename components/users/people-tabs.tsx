import Link from "next/link";

const TABS = [
  { key: "all", label: "Everybody", href: "/admin/users" },
  { key: "person", label: "People", href: "/admin/users?kind=person" },
  { key: "service", label: "Service accounts", href: "/admin/users?kind=service" },
  { key: "groups", label: "Groups", href: "/admin/groups" },
] as const;

export type PeopleTab = (typeof TABS)[number]["key"];

/** People and groups are one entry of the sidebar: links, because each is an address. */
export function PeopleTabs({ current }: { current: PeopleTab }) {
  return (
    <nav
      aria-label="People and groups"
      className="scrollbar-none mb-3 flex gap-0.5 overflow-x-auto border-border border-b"
    >
      {TABS.map(({ key, label, href }) => (
        <Link
          key={key}
          prefetch={false}
          href={href}
          aria-current={key === current ? "page" : undefined}
          className="-mb-px inline-flex h-9 flex-none items-center whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-fg-2 no-underline -outline-offset-2 hover:text-fg hover:no-underline aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-fg"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
