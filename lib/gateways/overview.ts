import { REASONS } from "#lib/verification/reasons";
import type { GatewayView } from "./view";

/** How many of a gateway's questions of the last 24 hours were answered how, most frequent first. */
export type Outcome = { readonly reason: string; readonly calls: number; readonly allowed: boolean };

/** A gateway with what came of it: for its page and their list. */
export type GatewayOverview = GatewayView & {
  /** Where its last call came from; null before the first. */
  readonly lastAddress: string | null;
  readonly outcomes: readonly Outcome[];
};

/** Hours without a call after which somebody should look. */
export const SILENT_HOURS = 3;

type Counted = { readonly reason: string; readonly calls: bigint | number };

/** @param counted calls by reason, as the recorder counted them; reasons of other versions count as refusals */
export function outcomesOf(counted: readonly Counted[]): Outcome[] {
  const known: Readonly<Record<string, { readonly status: number }>> = REASONS;
  return counted
    .map(({ reason, calls }) => ({ reason, calls: Number(calls), allowed: known[reason]?.status === 200 }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls || (a.reason < b.reason ? -1 : 1));
}

/** All and refused calls among the outcomes. */
export function callsOf(outcomes: readonly Outcome[]): { readonly all: number; readonly refused: number } {
  const sum = (some: readonly Outcome[]) => some.reduce((total, { calls }) => total + calls, 0);
  return { all: sum(outcomes), refused: sum(outcomes.filter(({ allowed }) => !allowed)) };
}

/**
 * Whether a gateway calls: never yet, or not for how many whole hours.
 * @param now epoch milliseconds
 * @returns null while all is well
 */
export function silenceOf(lastContactAt: string | null, now: number): "never" | number | null {
  if (lastContactAt === null) return "never";
  const hours = Math.floor((now - Date.parse(lastContactAt)) / 3_600_000);
  return hours >= SILENT_HOURS ? hours : null;
}
