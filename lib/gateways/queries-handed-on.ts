import { can } from "#lib/access/can";
import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ruleWords } from "#lib/verification/rule";

/** Tokens that were refused because a gateway would have handed them on: its configuration is older than their header. */
export type HandedOn = {
  readonly gateways: readonly string[];
  readonly applications: readonly string[];
  /** ISO 8601. */
  readonly lastAt: string;
};

const HOUR_MS = 3_600_000;
const REASON = "source_refused";
const RULE = ruleWords({ kind: "handed_on", place: "header" });

const keysOf = (keys: readonly (string | null)[]): string[] => [...new Set(keys.filter((key) => key !== null))].sort();

/**
 * What was refused of a gateway or of an application in the last 24 hours because the configuration that is in place does
 * not take the token's header away, for who may see gateways.
 * @returns null for everybody else, and where nothing was
 */
export async function findHandedOn(
  viewer: Viewer,
  about: { readonly gatewayKey: string } | { readonly applicationKey: string },
): Promise<HandedOn | null> {
  if (!can(viewer, "gateways.read")) return null;
  const since = now() - 24 * HOUR_MS;
  // What is counted by the hour is little: refusals are looked through only where there is something to find.
  const counted = await database().verificationCount.findFirst({
    where: { ...about, reason: REASON, hour: { gt: new Date(since - HOUR_MS) } },
    select: { hour: true },
  });
  if (counted === null) return null;
  const rows = await database().refusal.groupBy({
    by: ["gatewayKey", "applicationKey"],
    where: { ...about, reason: REASON, rule: RULE, at: { gt: new Date(since) } },
    _max: { at: true },
  });
  const last = rows.reduce((latest, { _max }) => Math.max(latest, _max.at?.getTime() ?? 0), 0);
  if (last === 0) return null;
  return {
    gateways: keysOf(rows.map(({ gatewayKey }) => gatewayKey)),
    applications: keysOf(rows.map(({ applicationKey }) => applicationKey)),
    lastAt: new Date(last).toISOString(),
  };
}
