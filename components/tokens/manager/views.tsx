import Link from "next/link";
import { managerHref, VIEWS } from "./filter";

/** The statuses as tabs: links, because each is an address. */
export function ManagerViews({ current, q }: { current: string; q: string }) {
  return (
    <nav aria-label="Views" className="scrollbar-none flex gap-0.5 overflow-x-auto border-border border-b">
      {VIEWS.map(({ key, label }) => (
        <Link
          key={key}
          prefetch={false}
          href={managerHref({ view: key, q })}
          aria-current={key === current ? "true" : undefined}
          className="-mb-px inline-flex h-9 flex-none items-center whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-fg-2 no-underline -outline-offset-2 hover:text-fg hover:no-underline aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-fg"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
