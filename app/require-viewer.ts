import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { SessionViewer } from "#lib/access/viewer";
import { viewerOfHeaders } from "#lib/auth/request-actor";

/** Who is signed in at this page, or null; read once per request. */
export const currentViewer = cache(async (): Promise<SessionViewer | null> => viewerOfHeaders(await headers()));

/** Who is signed in. Sends everybody else to sign in, and back to where they wanted. */
export async function requireViewer(returnTo?: string): Promise<SessionViewer> {
  const viewer = await currentViewer();
  if (viewer !== null) return viewer;
  redirect(returnTo === undefined ? "/sign-in" : `/sign-in?to=${encodeURIComponent(returnTo)}`);
}
