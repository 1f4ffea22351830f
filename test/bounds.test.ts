import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { STEP_UP_MS } from "#lib/access/step-up";
import { readConfiguration } from "#lib/env";
import { PREVIOUS_MS } from "#lib/gateways/secret";
import { ASSERTION_MS, JWKS_KEPT_MS, KNOWN_BEFORE_MS } from "#lib/keys/life";
import { REREAD_AFTER_MS } from "#lib/keys/ring";
import { DEADLINE_MS, LONGEST_RUN_MS, TOKEN_LIFE_MS } from "#lib/probes/probe";
import { LONGEST_BOUND_MS, WAIT_MS } from "#lib/propagation/enforcement";
import { ABSOLUTE_MS, IDLE_MS } from "#lib/sessions/session";
import { overlapEnd } from "#lib/tokens/acting/rotation";
import { CLAIM_DAYS } from "#lib/tokens/claims/claim";
import { INTROSPECTION_SECONDS } from "#lib/verification/adapters/introspect";
import { UNKNOWN_MS } from "#lib/verification/facts/cache";
import { PULL_EVERY_MS } from "#lib/verification/propagation/loop";
import { KEPT_MS } from "#lib/verification/queries-past";
import { EVERY_MS } from "#lib/verification/recorder/recorder";
import { projectFolder } from "#server/project";
import { REDIS_PATIENCE } from "#server/verifier/shared-rates";

const page = readFileSync(join(projectFolder(), "docs/operations.md"), "utf8");
const [, table = ""] = /## Every bound([\s\S]*?)\n## /.exec(page) ?? [];
/** What the table says of each bound, by how its row begins. */
const rows = table
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .slice(2)
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, what = "", , bound = ""]) => ({ what, bound }));

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS = { ms: 1, s: SECOND, min: MINUTE, h: HOUR, days: DAY } as const;

/** All durations in a text, in milliseconds. */
const durationsIn = (text: string): number[] =>
  [...text.matchAll(/(\d+) (ms|s|min|h|days)\b/g)].map(([, number = "", unit = ""]) => {
    const length = Object.entries(UNITS).find(([name]) => name === unit)?.[1] ?? Number.NaN;
    return Number(number) * length;
  });

const preset = () => {
  const read = readConfiguration({});
  if (!read.ok) throw new Error(read.refusal.detail);
  return read.value.boundSeconds * SECOND;
};
const { endsAt: longest } = overlapEnd("first-use", 0, null);

const BOUNDS: readonly (readonly [begins: string, ...ms: number[]])[] = [
  ["revoke, suspend", WAIT_MS],
  ["the same, where the announcement", PULL_EVERY_MS],
  ["the same, while a verifier", preset(), LONGEST_BOUND_MS],
  ["a token made now", UNKNOWN_MS],
  ["end of an overlap", EVERY_MS, longest],
  ["a rate, while verifiers", REDIS_PATIENCE.answerMs],
  ["anything of the above", INTROSPECTION_SECONDS * SECOND],
  ["anything of the above", ASSERTION_MS],
  ["public keys of assertions", JWKS_KEPT_MS, KNOWN_BEFORE_MS.assertion],
  ["end of any other overlap"],
  ["the secret of a gateway", PREVIOUS_MS],
  ["usage, last used", EVERY_MS],
  ["sign-out"],
  ["a token for the portal"],
  ["a key that was rotated", REREAD_AFTER_MS],
  ["a session without use", IDLE_MS],
  ["a session", ABSOLUTE_MS],
  ["confirming", STEP_UP_MS],
  ["a claim link", CLAIM_DAYS * DAY],
  ["a refused request", KEPT_MS],
  ["a request by which", DEADLINE_MS],
  ["the token of such a run", TOKEN_LIFE_MS],
  ["such a run", LONGEST_RUN_MS],
];

describe("the table of bounds for operators", () => {
  test("has a row for each bound, in this order, and no other", () => {
    expect(rows.map(({ what }) => BOUNDS.findIndex(([begins]) => what.startsWith(begins)) >= 0)).toEqual(
      rows.map(() => true),
    );
    expect(rows).toHaveLength(BOUNDS.length);
  });

  test.each(BOUNDS.map((bound, at) => [bound[0], at] as const))("says of “%s …” what the code does", (begins, at) => {
    const row = rows[at];
    expect(row?.what.startsWith(begins)).toBe(true);
    expect(durationsIn(row?.bound ?? "")).toEqual(BOUNDS[at]?.slice(1));
  });

  test("allows no bound longer than the longest", () => {
    const over = { CONFIRMATION_BOUND_SECONDS: String(LONGEST_BOUND_MS / SECOND + 1) };
    expect(readConfiguration(over).ok).toBe(false);
  });
});
