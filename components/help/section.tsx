import type { ReactNode } from "react";

/** One section of the help. Its anchor is what pages link to, so it stays. */
export function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-6 border-border border-t pt-6 pb-8 first:border-t-0 first:pt-0 max-desk:scroll-mt-[68px]"
    >
      <h2 id={`${id}-title`} className="mb-2 text-lg">
        {title}
      </h2>
      <div className="grid max-w-[68ch] min-w-0 grid-cols-[minmax(0,1fr)] gap-3 [overflow-wrap:anywhere] [&_p]:scroll-mt-6 max-desk:[&_p]:scroll-mt-[68px] leading-[22px] text-fg-2 [&_a]:underlined [&_b]:text-fg [&_code]:font-mono [&_code]:text-[.923em] [&_code]:text-fg [&_li]:ml-4 [&_ol]:list-decimal [&_ul]:list-disc">
        {children}
      </div>
    </section>
  );
}

/** Code in a box of its own, out of the measure. */
export function Sample({ children }: { children: ReactNode }) {
  return <div className="overflow-hidden rounded-lg border border-border">{children}</div>;
}
