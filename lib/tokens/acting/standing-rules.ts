import type { Viewer } from "#lib/access/viewer";
import { ok, type Result, refuse } from "#lib/errors/error";
import { datedOf, type TokenRow } from "../row";
import { hasEnded } from "../status";
import { mayEnd, mayResume, type Standing } from "./standing";

/** What `allows` of the commands on one token is made of. */
type Found = { readonly row: TokenRow; readonly standing: Standing };

/** Whoever may end it may also stop it and let it go on. */
export const mayEndIt = (_viewer: Viewer, { standing }: Found): Result<void> => mayEnd(standing);

/** Only of a token that has not ended. @param sentence what is said otherwise */
export const notEnded =
  (sentence: string) =>
  (_viewer: Viewer, { row }: Found, _input: unknown, now: number): Result<undefined> =>
    hasEnded(datedOf(row), now) ? refuse("ended", sentence) : ok(undefined);

/** Who may let it go on depends on who stopped it; what works already may go on. */
export const mayResumeIt = (_viewer: Viewer, { row, standing }: Found): Result<void> =>
  row.suspendedAt === null
    ? ok(undefined)
    : mayResume(standing, { byOwner: row.suspendedByOwner, by: row.suspendedBy });
