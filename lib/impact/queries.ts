import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import type { Draft } from "./draft-schema";
import type { Impact } from "./impact";
import { judgeChange, readImpact } from "./store";
import { changeOf } from "./store-draft";

/**
 * What a change of the rules would do to people and tokens, before it is saved. Changes nothing.
 * @returns `forbidden` for who may not look at the rules; whatever the saving command refuses in the draft itself
 */
export async function previewChange(viewer: Viewer, draft: Draft): Promise<Result<Impact>> {
  if (!can(viewer, "policies.read")) return refuse("forbidden", "Only administrators and auditors look at policies.");
  const db = database();
  const change = await changeOf(db, draft);
  if (!change.ok) return change;
  const judging = await judgeChange(db, await readInstallationFacts(db), change.value, now());
  return ok(await readImpact(db, judging));
}
