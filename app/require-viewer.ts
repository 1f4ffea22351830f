import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Ability, can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { viewerOfHeaders } from "#lib/auth/request-actor";

/** Who is signed in at this page, or null; read once per request. */
export const currentViewer = cache(async (): Promise<SessionViewer | null> => viewerOfHeaders(await headers()));

/** Every page's first line: who is signed in. Sends everybody else to sign in, and back to where they wanted. */
export async function requireViewer(returnTo?: string): Promise<SessionViewer> {
  const viewer = await currentViewer();
  if (viewer !== null) return viewer;
  redirect(returnTo === undefined ? "/sign-in" : `/sign-in?to=${encodeURIComponent(returnTo)}`);
}

/** For pages that need a role: without it the page is not found. */
export async function requireAbility(ability: Ability, returnTo?: string): Promise<SessionViewer> {
  const viewer = await requireViewer(returnTo);
  if (!can(viewer, ability)) notFound();
  return viewer;
}
