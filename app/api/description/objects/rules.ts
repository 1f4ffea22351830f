import { z } from "zod";
import type { DelegationView } from "#lib/delegations/view";
import { RULES } from "#lib/impact/effect";
import type { AffectedToken, Impact } from "#lib/impact/impact";
import type { Simulation } from "#lib/impact/simulate";
import { CAUSES } from "#lib/journal/standing";
import type { QuarantineView } from "#lib/journal/view";
import { USED_PURPOSES } from "#lib/keys/key";
import { KEY_STATES, type KeyView } from "#lib/keys/view";
import type { Lockout } from "#lib/lockout/lockout";
import type { NetworkName, NetworkView } from "#lib/networks/view";
import type { PolicyView } from "#lib/policies/view";
import type { SettingsView } from "#lib/settings/view";
import { CEILING, LIMITS } from "./limits";
import { count, flag, id, maybeText, maybeTime, shape, text, texts, time, version } from "./shape";

const people = z.strictObject({ everyone: flag, groups: texts, serviceAccounts: flag });

export const POLICY = shape<PolicyView>("Policy", {
  id,
  name: text,
  priority: count.describe("The matching policy of the highest priority decides alone."),
  members: people,
  use: flag,
  create: z.enum(["no", "request", "yes"]),
  selfRotate: flag,
  own: LIMITS.nullable(),
  ceiling: CEILING.nullable(),
  createdAt: time,
  version,
});

export const DELEGATION = shape<DelegationView>("Delegation", {
  id,
  name: text,
  delegates: texts,
  powers: z.array(z.enum(["issue", "end", "manage", "approve"])),
  scope: people,
  issue: LIMITS,
  showSecret: flag,
  createdAt: time,
  version,
});

const named = { id, name: text, createdAt: time, version };

/** Administrators and auditors see the ranges, everybody else the name. */
export const NETWORK = z.union([
  shape<NetworkView>("Network", { ...named, ranges: texts }),
  shape<NetworkName>("NetworkName", named),
]);

const ceiling = CEILING.nullable();
const rate = z.strictObject({ perMinute: count, burst: count }).nullable();

export const SETTINGS = shape<SettingsView>("Settings", {
  ranges: texts.describe("Ranges (CIDR) and names of networks; empty is from anywhere."),
  ceiling: z
    .strictObject({ persons: ceiling, serviceAccounts: ceiling })
    .describe("Above all policies and delegations."),
  tokenPrefix: text.describe("What new secrets begin with, before the underscore."),
  retiredPrefixes: texts.describe("What earlier secrets begin with; they go on verifying."),
  ownerRate: rate.describe("How often all tokens of one owner together may be used; null is not limited."),
  failureRate: rate.describe("How many failures of one address are borne before they are told 429; null: not counted."),
  endedRetentionDays: count.nullable(),
  version,
});

export const KEY = shape<KeyView>("Key", {
  id: text.describe("What it is called in what it signs (`kid`)."),
  purpose: z.enum(USED_PURPOSES),
  state: z.enum(KEY_STATES).describe("`active` is used now, `next` takes its place; a `leaked` one opens nothing."),
  createdAt: time,
  activatedAt: maybeTime,
  retiredAt: maybeTime,
  opens: flag.describe("Whether what it made is still good."),
  opensUntil: maybeTime.describe("Of a retired one; null is for ever."),
});

export const QUARANTINE = shape<QuarantineView>("Quarantine", {
  quarantined: flag,
  since: maybeTime,
  cause: z
    .enum(CAUSES)
    .nullable()
    .describe(
      "`behind`: the database is older than the journal of ends, or than what a verifier knew. `elsewhere`: it belongs to another address.",
    ),
  why: maybeText,
});

export const QUARANTINE_ENDED = shape<{ readonly quarantined: boolean }>("QuarantineEnded", { quarantined: flag });

const RULE = z.enum(RULES);
const AFFECTED = shape<AffectedToken>("AffectedToken", {
  id,
  name: text,
  owner: text,
  lastUsedAt: maybeTime,
  refusedBy: z.array(RULE),
  tooLong: flag,
  tooFast: flag.describe("It may be used more often than the new limit allows."),
});

export const RULES_IMPACT = shape<Impact>("RulesImpact", {
  people: z.strictObject({
    moving: count,
    moves: z.array(z.strictObject({ from: maybeText, to: maybeText, people: count })),
  }),
  tokens: z.strictObject({
    ...{ affected: count, refused: count, stopped: count, tooLong: count, tooFast: count, writeFromAnywhere: count },
    byRule: z.record(RULE, count),
    ...{ owners: count, usedLastDay: count, neverUsed: count, first: z.array(AFFECTED) },
  }),
  needsChoice: flag.describe("Saving must say what happens to the tokens (`affected`)."),
  fingerprint: text.describe("Of all that was shown; saving sends it back."),
});

export const LOCKOUT = shape<Lockout>("Lockout", {
  since: time.describe("What was recorded before does not count."),
  losses: z
    .array(
      z.strictObject({
        count: count.nullable().describe("How many; null where it is about one thing."),
        what: text.describe("What they are, and what becomes of them."),
        examples: texts.describe("At most five of them by name; of what is not ours, as it was claimed."),
        more: flag.describe("There are more than these examples."),
      }),
    )
    .describe("Who came and would be refused."),
  unknown: texts.describe("What no record can tell."),
});

const SAID = z.strictObject({
  ...{ field: text, sentence: text },
  source: z
    .strictObject({ kind: z.enum(["tier", "delegation", "ceiling", "installation", "token"]), name: text })
    .nullable(),
});

export const SIMULATION = shape<Simulation>("Simulation", {
  allowed: flag,
  tier: maybeText,
  by: maybeText,
  against: z.array(SAID).describe("What speaks against it; empty when allowed."),
  rules: z.array(SAID).describe("What the rules set under which it is judged."),
});
