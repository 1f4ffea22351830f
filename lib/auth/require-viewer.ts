import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type Ability, can } from "#lib/access/can";
import type { SessionViewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { cookieOf } from "./cookie";
import { addressOf } from "./request-actor";
import { sessionCookieName } from "./session-cookie";
import { viewerOfCookie } from "./session-viewer";

/** Who is signed in at this page, or null; read once per request. */
export const currentViewer = cache(async (): Promise<SessionViewer | null> => {
  const sent = await headers();
  const sealed = cookieOf(sent.get("cookie"), sessionCookieName(env().url));
  return sealed === null ? null : viewerOfCookie(database(), sealed, addressOf(sent), now());
});

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
