import type { ReactNode } from "react";
import { type Chapter, Contents } from "./contents";
import { HelpSearch } from "./search/form";

type Props = {
  title: string;
  sentence: string;
  chapters: readonly Chapter[];
  /** The other pages of the help. */
  more: readonly { href: string; label: string }[];
  /** What somebody looks for in the help, in place of reading it. */
  q?: string;
  children: ReactNode;
};

/** Help in one column of prose, its contents beside it. */
export function HelpPage({ title, sentence, chapters, more, q = "", children }: Props) {
  return (
    <div className="mx-auto max-w-[1064px]">
      <header className="mb-7 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <h1>{title}</h1>
          <p className="mt-[3px] max-w-[68ch] text-fg-2">{sentence}</p>
        </div>
        <div className="max-desk:w-full">
          <HelpSearch q={q} />
        </div>
      </header>
      <div className="grid gap-11 wide:grid-cols-[minmax(0,1fr)_232px] max-wide:gap-6">
        <div className="min-w-0 max-wide:order-2">{children}</div>
        <Contents chapters={chapters} more={more} />
      </div>
    </div>
  );
}
