import { SearchX } from "lucide-react";
import { EmptyState } from "../../ui/empty-state";
import { TextLink } from "../../ui/text-link";
import type { Found } from "./find";

/** What was found, each with the place where it stands. */
export function HelpResults({ q, found }: { q: string; found: readonly Found[] }) {
  if (found.length === 0) {
    return (
      <EmptyState icon={SearchX} title="Nothing in the help has these words">
        Try fewer of them, or others: <i>token</i>, <i>git</i>, <i>refused</i>.
      </EmptyState>
    );
  }
  return (
    <section aria-label={`Found for ${q}`}>
      <p role="status" className="mb-3 text-sm text-fg-3">
        {found.length === 1 ? "One place." : `${found.length} places.`}
      </p>
      <ol className="grid gap-4">
        {found.map(({ href, page, title, excerpt: [before, match, after] }) => (
          <li key={href}>
            <TextLink href={href} className="font-medium">
              {title}
            </TextLink>{" "}
            <span className="text-xs text-fg-3">{page}</span>
            <p className="max-w-[68ch] text-sm text-fg-2 [overflow-wrap:anywhere]">
              {before}
              {match && <mark className="rounded-xs bg-accent-bg text-accent-fg">{match}</mark>}
              {after}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
