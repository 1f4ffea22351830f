import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { edited } from "#lib/applications/edit";
import { applicationView } from "#lib/applications/view";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok, type Result, refuse } from "#lib/errors/error";
import { viewGateway } from "#lib/gateways/store";
import { rulesAtRisk, sendersAtRisk } from "./at-risk";
import { byApplication } from "./by-application";
import { byGateway } from "./by-gateway";
import type { LockoutDraft } from "./draft-schema";
import { type Foreseen, LOOK_BACK_DAYS, type Lockout } from "./lockout";
import { readContacts, readQuestions } from "./store";
import { readPassed } from "./store-application";
import { type Asked, ofNetwork, ofRanges } from "./store-ranges";

const DAY_MS = 86_400_000;

type Draft<Name> = Extract<LockoutDraft, { change: Name }>;
async function ofGateway({ db, since }: Asked, draft: Draft<"gateway.edit">): Promise<Result<Foreseen>> {
  const before = await viewGateway(db, draft.id);
  if (before === null) return refuse("not_found", "There is no such gateway.");
  const contacts = await readContacts(db, since);
  const lastAddress = contacts.find(({ gatewayKey }) => gatewayKey === before.key)?.lastAddress ?? null;
  const questions = await readQuestions(db, before.key, since);
  return ok(byGateway(before, { ...before, ...draft }, { lastAddress, questions }));
}

async function ofApplication({ db, since, now }: Asked, draft: Draft<"application.edit">): Promise<Result<Foreseen>> {
  const row = await db.application.findUnique({ where: { id: draft.id }, include: { routes: true } });
  if (row === null) return refuse("not_found", "There is no such application.");
  const before = applicationView(row);
  const after = edited(before, draft).next;
  const stake = { risks: sendersAtRisk(before, after), rules: rulesAtRisk(before, after) };
  return ok(byApplication(before, after, await readPassed(db, before.key, { since, now, ...stake })));
}

function foreseen(asked: Asked, draft: LockoutDraft): Promise<Result<Foreseen>> {
  switch (draft.change) {
    case "settings.ranges":
      return ofRanges(asked, draft);
    case "network.edit":
      return ofNetwork(asked, draft);
    case "gateway.edit":
      return ofGateway(asked, draft);
    case "application.edit":
      return ofApplication(asked, draft);
  }
}

/**
 * Whom a change of the installation's ranges, of a network, a gateway or an application would turn away, by what was
 * recorded in the last thirty days. Changes nothing, and is no promise: who comes for the first time is in no record.
 * @returns `forbidden` for who may not look at them, `not_found`, `invalid_input` for networks that do not exist
 */
export async function foreseeLockout(viewer: Viewer, draft: LockoutDraft): Promise<Result<Lockout>> {
  const may = can(viewer, "settings.read") && can(viewer, "gateways.read") && can(viewer, "applications.read");
  if (!may) return refuse("forbidden", "Only administrators and auditors look at whom a change would turn away.");
  const at = now();
  const since = new Date(at - LOOK_BACK_DAYS * DAY_MS);
  const found = await foreseen({ db: database(), viewer, now: at, since }, draft);
  return found.ok ? ok({ since: since.toISOString(), ...found.value }) : found;
}
