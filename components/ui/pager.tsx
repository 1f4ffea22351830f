import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { ButtonLink } from "./button-link";
import { Icon } from "./icon";

type Props = { previous: string | null; next: string | null; children: ReactNode; className?: string };

/** Pages by cursor: page 1 and page 10,000 cost the same, so there are no page numbers. `previous` and `next` are addresses. */
export function Pager({ previous, next, children, className = "" }: Props) {
  return (
    <nav aria-label="Pages" className={`flex items-center gap-2.5 text-sm text-fg-2 ${className}`}>
      <span className="tabular-nums">{children}</span>
      <span className="ml-auto flex gap-2">
        {previous === null ? (
          <Button disabled>
            <Icon of={ChevronLeft} size={14} />
            Previous
          </Button>
        ) : (
          <ButtonLink href={previous} rel="prev">
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
          <ButtonLink href={next} rel="next">
            Next
            <Icon of={ChevronRight} size={14} />
          </ButtonLink>
        )}
      </span>
    </nav>
  );
}
