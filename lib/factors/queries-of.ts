import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { database } from "#lib/db/client";
import { isId } from "#lib/fields";
import { type FactorView, factorView } from "./factor";
import { factorsOf } from "./store";

/** Somebody's second factors, oldest first, for administrators and auditors; none for who may not look. Never a secret. */
export async function factorsOfPerson(viewer: Viewer, userId: string): Promise<readonly FactorView[]> {
  if (!can(viewer, "users.read") || !isId(userId)) return [];
  return (await factorsOf(database(), userId)).map(factorView);
}
