import { ChevronRight, CircleQuestionMark } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "./button-link";
import { Icon } from "./icon";

type Props = {
  title: string;
  beside?: ReactNode;
  sentence?: ReactNode;
  crumb?: { href: string; label: string };
  help: string;
  actions?: ReactNode;
};

/** Title, one sentence, the help for just this page, and at most one primary action. */
export function PageHead({ title, beside, sentence, crumb, help, actions }: Props) {
  return (
    <header
      className={`${crumb ? "-mt-3.5 max-desk:mt-0" : ""} mb-5 flex items-start gap-4 max-desk:flex-wrap max-desk:gap-3`}
    >
      <div className="min-w-0 max-desk:flex-[1_1_0]">
        {crumb && (
          <nav aria-label="Breadcrumb" className="mb-1 flex items-center gap-1.5 text-sm text-fg-3">
            <Link prefetch={false} href={crumb.href} className="text-fg-3">
              {crumb.label}
            </Link>
            <Icon of={ChevronRight} size={14} />
            <span aria-hidden="true" className="min-w-0 truncate">
              {title}
            </span>
          </nav>
        )}
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 [overflow-wrap:anywhere]">{title}</h1>
          {beside}
        </div>
        {sentence && <p className="mt-[3px] text-pretty text-fg-2">{sentence}</p>}
      </div>
      <div
        className={`ml-auto flex flex-none items-center gap-2 max-desk:ml-0 max-desk:flex-wrap ${actions ? "max-desk:w-full max-desk:[&>button]:flex-1" : ""}`}
      >
        <ButtonLink
          look="quiet"
          href={help}
          aria-label="Help for this page"
          className="max-desk:w-10 max-desk:border-border-2 max-desk:bg-surface max-desk:px-0"
        >
          <Icon of={CircleQuestionMark} />
          <span className="max-desk:hidden">Help for this page</span>
        </ButtonLink>
        {actions}
      </div>
    </header>
  );
}
