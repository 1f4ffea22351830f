import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { holderOf } from "#lib/tokens/row";
import { OWNER_COLUMNS } from "#lib/tokens/store";
import { foldName } from "#lib/users/name";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { changed } from "./change";
import type { Draft, SimulationAsked } from "./draft-schema";
import type { Impact } from "./impact";
import { type Simulation, simulate } from "./simulate";
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

/**
 * What the rules, or a draft of them, say to what somebody wants to do. Changes nothing.
 * @returns `forbidden` for who may not look at the rules, `not_found` where there is no such user
 */
export async function simulateRules(
  viewer: Viewer,
  { user, draft, ...wish }: SimulationAsked,
): Promise<Result<Simulation>> {
  if (!can(viewer, "policies.read")) return refuse("forbidden", "Only administrators and auditors look at policies.");
  const db = database();
  const row = await db.user.findUnique({ where: { usernameKey: foldName(user) }, select: OWNER_COLUMNS });
  if (row === null) return refuse("not_found", `There is no user ${user}.`);
  const rules = await readInstallationFacts(db);
  const change = draft === null ? null : await changeOf(db, draft);
  if (change !== null && !change.ok) return change;
  return ok(simulate(wish, holderOf(row), change === null ? rules : changed(rules, change.value), now()));
}
