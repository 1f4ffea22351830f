import type { ReactNode } from "react";
import type { Place } from "#components/shell/entries";
import { Shell } from "#components/shell/shell";
import type { SessionViewer } from "#lib/access/viewer";
import { managesTokens } from "#lib/tokens/queries-managed";
import { readTheme } from "./reader";

type Props = { viewer: SessionViewer; here: Place; wide?: boolean; children: ReactNode };

/** The frame around a page of somebody signed in. The page itself has authorised them before it draws this. */
export async function SignedIn({ viewer, here, wide = false, children }: Props) {
  const { displayName, username, role } = viewer;
  const person = { displayName, username, role, manages: await managesTokens(viewer) };
  return (
    <Shell person={person} here={here} theme={await readTheme()} wide={wide}>
      {children}
    </Shell>
  );
}
