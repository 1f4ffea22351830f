import Link from "next/link";
import { TOKEN_VIEWS } from "#lib/tokens/search/views";
import { viewHref } from "./filter";

const TAB =
  "-mb-px inline-flex h-9 flex-none items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-fg-2 no-underline -outline-offset-2 hover:text-fg hover:no-underline aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-fg";

type Props = {
  current: string | null;
  /** How many match each view, in words; a view that is not counted yet has none. */
  counts: Readonly<Record<string, string>>;
};

/** The built-in views as tabs: links, because each is an address. */
export function ManagerViews({ current, counts }: Props) {
  return (
    <nav aria-label="Views" className="scrollbar-none flex gap-0.5 overflow-x-auto border-border border-b">
      {TOKEN_VIEWS.map(({ key, label }) => (
        <Link
          key={key}
          prefetch={false}
          href={viewHref(key)}
          aria-current={key === current ? "true" : undefined}
          className={TAB}
        >
          {label}
          {counts[key] && <span className="text-xs font-normal tabular-nums text-fg-3">{counts[key]}</span>}
        </Link>
      ))}
    </nav>
  );
}
