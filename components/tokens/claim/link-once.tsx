"use client";
import { Link2 } from "lucide-react";
import { CopyButton } from "../../ui/copy-button";
import { ShownOnce } from "../../ui/shown-once";
import { dayAndYearOf, type Reader } from "../../ui/time-words";

type Props = {
  claim: { readonly url: string; readonly expiresAt: string };
  /** Who opens it: *ada*, *a maintainer of bot*. */
  opener: string;
  reader: Reader;
};

/** A claim link, in the only answer that ever carries it. */
export function LinkOnce({ claim, opener, reader }: Props) {
  return (
    <ShownOnce
      label="The claim link"
      icon={Link2}
      row={
        <div className="flex flex-wrap gap-2">
          <output
            aria-label="Claim link"
            className="mono min-w-0 flex-1 basis-64 select-all break-all rounded-sm border border-border bg-code-bg px-3 py-2 text-sm"
          >
            {claim.url}
          </output>
          <CopyButton
            text={claim.url}
            name="Copy the link"
            look="primary"
            size="lg"
            focusFirst
            className="max-desk:flex-1"
          />
        </div>
      }
      said={
        <>
          <b className="text-fg">Shown once: copy it and send it to {opener}.</b> It opens once, for nobody else, until{" "}
          {dayAndYearOf(Date.parse(claim.expiresAt), reader)}. Lost it? Make a new one on the token’s page.
        </>
      }
    />
  );
}
