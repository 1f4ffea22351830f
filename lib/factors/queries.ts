import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type FactorView, factorView, type Provable, provableBy } from "./factor";
import { registrationOptions } from "./passkey";
import { factorsOf, openChallenge, passkeysOf, recoveryCodesLeft } from "./store";
import { optionsToSign } from "./store-options";

/** One's own second factors, as the account page and the API show them. */
export type OwnFactors = {
  readonly items: readonly FactorView[];
  readonly nextCursor: null;
  readonly previousCursor: null;
  readonly recoveryCodesLeft: number;
  /** Whether one's role needs one. */
  readonly required: boolean;
};

const ONLY_PERSONS = refuse("forbidden", "Only a signed-in person has second factors.");

export async function listOwnFactors(viewer: Viewer): Promise<Result<OwnFactors>> {
  if (viewer.kind !== "session") return ONLY_PERSONS;
  const factors = await factorsOf(database(), viewer.userId);
  const left = await recoveryCodesLeft(database(), viewer.userId);
  const none = { nextCursor: null, previousCursor: null };
  return ok({ items: factors.map(factorView), ...none, recoveryCodesLeft: left, required: viewer.role !== "user" });
}

/** By what this person can confirm that it is them. */
async function confirmableBy(viewer: Viewer): Promise<Provable & { readonly password: boolean }> {
  if (viewer.kind !== "session") return { password: false, code: false, passkey: false };
  const { userId } = viewer;
  const password = await database().passwordCredential.count({ where: { userId } });
  return { password: password > 0, ...provableBy(await factorsOf(database(), userId)) };
}

/** What the browser needs to make a passkey for this person. */
export async function optionsToMake(viewer: Viewer): Promise<Result<object>> {
  if (viewer.kind !== "session") return ONLY_PERSONS;
  const challenge = await openChallenge(database(), viewer.userId, "make", now());
  const has = await passkeysOf(database(), viewer.userId);
  return ok({ options: await registrationOptions(env().url, viewer, has, challenge) });
}

/** By what this person can confirm that it is them, with what the browser needs to have a passkey sign. */
export async function waysToConfirm(viewer: Viewer): Promise<Result<object>> {
  if (viewer.kind !== "session") return ONLY_PERSONS;
  const signing = await optionsToSign(database(), viewer.userId, "confirm", now());
  return ok({ ...(await confirmableBy(viewer)), ...signing });
}
