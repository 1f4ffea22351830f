import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { mustProve } from "#lib/access/second-factor";
import type { SessionViewer } from "#lib/access/viewer";
import { viewerOfHeaders } from "#lib/auth/request-actor";

/** Who is signed in at this page, or null; read once per request. */
export const currentViewer = cache(async (): Promise<SessionViewer | null> => viewerOfHeaders(await headers()));

/**
 * Who is signed in. Sends everybody else to sign in, and back to where they wanted; and who has
 * yet to set up the second factor that their role needs, to that.
 */
export async function requireViewer(returnTo?: string): Promise<SessionViewer> {
  const viewer = await currentViewer();
  if (viewer !== null && !mustProve(viewer)) return viewer;
  const page = viewer === null ? "/sign-in" : "/second-factor";
  redirect(returnTo === undefined ? page : `${page}?to=${encodeURIComponent(returnTo)}`);
}
