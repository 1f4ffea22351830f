import type { ReactNode } from "react";
import { QuarantineNote } from "#components/quarantine/quarantine-note";
import type { Place } from "#components/shell/entries";
import { Shell } from "#components/shell/shell";
import type { SessionViewer } from "#lib/access/viewer";
import { findQuarantine } from "#lib/journal/queries";
import { managesTokens } from "#lib/tokens/queries-managed";
import { readTheme } from "./reader";

type Props = { viewer: SessionViewer; here: Place; wide?: boolean; children: ReactNode };

/** The frame around a page of somebody signed in. The page itself has authorised them before it draws this. */
export async function SignedIn({ viewer, here, wide = false, children }: Props) {
  const { displayName, username, role } = viewer;
  const [manages, quarantine] = await Promise.all([managesTokens(viewer), findQuarantine(viewer)]);
  const person = { displayName, username, role, manages };
  return (
    <Shell person={person} here={here} theme={await readTheme()} wide={wide}>
      {quarantine !== null && (
        <div className={wide ? "page-pad pt-4 pb-4" : "mx-auto mb-6 max-w-[1064px]"}>
          <QuarantineNote why={quarantine.why} />
        </div>
      )}
      {children}
    </Shell>
  );
}
