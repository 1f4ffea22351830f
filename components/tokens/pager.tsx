import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Icon } from "../ui/icon";
import { managerHref } from "./manager-filter";

type Props = { view: string; q: string; previous: string | null; next: string | null; shown: number };

/** Pages by cursor: page 1 and page 10,000 cost the same, so there are no page numbers. */
export function Pager({ view, q, previous, next, shown }: Props) {
  return (
    <nav
      aria-label="Pages"
      className="page-pad flex items-center gap-2.5 border-border border-t bg-bg py-2 text-sm text-fg-2"
    >
      <span className="tabular-nums">{shown === 1 ? "1 token" : `${shown} tokens`} on this page</span>
      <span className="ml-auto flex gap-2">
        {previous === null ? (
          <Button disabled>
            <Icon of={ChevronLeft} size={14} />
            Previous
          </Button>
        ) : (
          <ButtonLink href={managerHref({ view, q, cursor: previous })} rel="prev">
            <Icon of={ChevronLeft} size={14} />
            Previous
          </ButtonLink>
        )}
        {next === null ? (
          <Button disabled>
            Next
            <Icon of={ChevronRight} size={14} />
          </Button>
        ) : (
          <ButtonLink href={managerHref({ view, q, cursor: next })} rel="next">
            Next
            <Icon of={ChevronRight} size={14} />
          </ButtonLink>
        )}
      </span>
    </nav>
  );
}
