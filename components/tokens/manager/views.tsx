import { Bookmark } from "lucide-react";
import Link from "next/link";
import { TOKEN_VIEWS } from "#lib/tokens/search/views";
import type { SavedView } from "#lib/views/view";
import { Icon } from "../../ui/icon";
import { type ManagerState, managerHref, savedHref, viewHref } from "./filter";
import { DeleteView, SaveView } from "./save-view";

const TAB =
  "-mb-px inline-flex h-9 flex-none items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 text-sm text-fg-2 no-underline -outline-offset-2 hover:text-fg hover:no-underline aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-fg";

type Props = {
  state: ManagerState;
  /** How many match each view, in words; a view that is not counted yet has none. */
  counts: Readonly<Record<string, string>>;
  saved: readonly SavedView[];
};

/** The built-in views and one's own as tabs: links, because each is an address. What is neither can be kept. */
export function ManagerViews({ state, counts, saved }: Props) {
  const here = managerHref(state);
  const kept = saved.find((view) => savedHref(view.query) === here);
  // One's own looks like the built-in one it is, only with its order or columns.
  const builtIn = kept === undefined ? state.view : null;
  return (
    <div className="flex items-center gap-1 border-border border-b">
      <nav aria-label="Views" className="scrollbar-none flex min-w-0 gap-0.5 overflow-x-auto">
        {TOKEN_VIEWS.map(({ key, label }) => (
          <Link
            key={key}
            prefetch={false}
            href={viewHref(key)}
            aria-current={key === builtIn ? "true" : undefined}
            className={TAB}
          >
            {label}
            {counts[key] && <span className="text-xs font-normal tabular-nums text-fg-3">{counts[key]}</span>}
          </Link>
        ))}
        {saved.map(({ id, name, query }) => (
          <Link
            key={id}
            prefetch={false}
            href={savedHref(query)}
            aria-current={id === kept?.id ? "true" : undefined}
            className={TAB}
          >
            <Icon of={Bookmark} size={14} />
            {name}
          </Link>
        ))}
      </nav>
      {kept === undefined ? (
        here !== viewHref(state.view ?? "") && <SaveView query={here.split("?")[1] ?? ""} />
      ) : (
        <DeleteView view={kept} />
      )}
    </div>
  );
}
