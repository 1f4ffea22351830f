import type { ReactNode } from "react";
import { Visitors } from "#components/shell/visitors";
import type { SessionViewer } from "#lib/access/viewer";
import { SignedIn } from "./signed-in";

/** The help is for everybody: with the sidebar for who is signed in, with a way in for who is not. */
export function HelpFrame({ viewer, children }: { viewer: SessionViewer | null; children: ReactNode }) {
  if (!viewer) return <Visitors>{children}</Visitors>;
  return (
    <SignedIn viewer={viewer} here="help">
      {children}
    </SignedIn>
  );
}
