import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Viewer } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { editToken } from "#lib/tokens/commands/edit";
import { renewClaim } from "#lib/tokens/commands/renew-claim";
import { resumeToken } from "#lib/tokens/commands/resume";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { rotateToken } from "#lib/tokens/commands/rotate";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { DAY, delegation, holder, limits, NOON, policy, rules, service } from "#test/rules";
import { atBrowser, tokenRow } from "#test/token-rows";
import { facts } from "#test/verification";
import { type ActionSubject, actionsOn, TOKEN_ACTIONS, type TokenAction } from "./actions-on";
import { standingOf } from "./standing";

const NOW = NOON + DAY;
const past = new Date(NOON);
const later = new Date(NOW + DAY);
const ended = { revokedBy: "x", revocationReason: "unused" as const };

/** What may have happened to a token. */
const STATES = {
  active: {},
  expired: { expiresAt: past },
  revoked: { ...ended, revokedAt: past },
  denied: { deniedAt: past },
  pending: { secretBornAt: null },
  rotating: { supersededAt: past, overlapEndsAt: later },
  lapsed: { supersededAt: past, overlapEndsAt: past },
  "suspended by its owner": { suspendedAt: past, suspendedBy: "ada", suspendedByOwner: true },
  "suspended by a delegate": { suspendedAt: past, suspendedBy: "eve", suspendedByOwner: false },
  "for the portal": { applications: ["latchkey"] },
} as const;

const issued = { grantBy: "delegation" as const, delegationId: "d-0", delegationName: "Desk" };
const services = policy({ id: "p-s", members: { everyone: false, groupIds: [], serviceAccounts: true }, priority: 5 });

const anyDelegations = fc.array(
  fc.record({
    powers: fc.subarray(["issue", "end", "manage", "approve"] as const),
    delegateGroupIds: fc.subarray(["g-desk", "g-admins"], { minLength: 1 }),
    scope: fc.record({
      everyone: fc.boolean(),
      serviceAccounts: fc.boolean(),
      groupIds: fc.subarray(["g-team"]),
    }),
    showSecret: fc.boolean(),
  }),
  { maxLength: 2 },
);

const anySubject = fc
  .record({
    role: fc.constantFrom("user" as const, "auditor" as const, "admin" as const),
    groupIds: fc.subarray(["g-desk", "g-admins", "g-team"]),
    who: fc.constantFrom("owner", "maintainer", "neither", "operator"),
    kind: fc.constantFrom("person" as const, "service" as const),
    ownerRole: fc.constantFrom("user" as const, "user" as const, "admin" as const),
    gone: fc.constantFrom(null, null, NOON),
    delegations: anyDelegations,
    create: fc.constantFrom("yes" as const, "no" as const),
    steppedUpAt: fc.constantFrom(null, NOW),
    grant: fc.constantFrom({}, issued),
    state: fc.constantFrom(...(Object.keys(STATES) as (keyof typeof STATES)[])),
  })
  .map(({ role, groupIds, who, kind, ownerRole, gone, delegations, create, steppedUpAt, grant, state }) => {
    const some = { role: ownerRole, groupIds: ["g-team"], deactivatedAt: gone };
    const owner = kind === "person" || who === "owner" ? holder(some) : service(some);
    const viewer: Viewer =
      who === "operator"
        ? operator()
        : atBrowser(who === "owner" ? owner.id : "u-eve", { role, groupIds, steppedUpAt });
    const all = rules({
      policies: [policy({ create, own: limits() }), { ...services, create }],
      delegations: delegations.map((some, n) => delegation({ id: `d-${n}`, name: `Desk ${n}`, ...some })),
    });
    const row = tokenRow({ ...grant, ...STATES[state], ownerId: owner.id });
    const standing = standingOf(viewer, owner, who === "maintainer" && owner.kind === "service", all);
    return { viewer, owner, row, standing, rules: all };
  });

/** What the command itself says, asked as `execute` asks it. */
function allowedByCommand(action: TokenAction, subject: ActionSubject): string {
  const id = subject.row.id;
  const note = null;
  const { viewer } = subject;
  const { settings, ...others } = facts();
  const read = { ...others, ...subject.rules, settings: { ...settings, ...subject.rules.settings } };
  const full = { ...subject, rules: read };
  const said = {
    revoke: () => revokeToken.allows(viewer, full, { id, reason: "unused", note, only: false }, NOW),
    suspend: () => suspendToken.allows(viewer, full, { id, note }, NOW),
    resume: () => resumeToken.allows(viewer, full, { id }, NOW),
    rotate: () => rotateToken.allows(viewer, full, { id, overlap: "24h" }, NOW),
    edit: () =>
      editToken.allows(viewer, { ...full, others: [] }, { id, version: subject.row.version, name: "other" }, NOW),
    link: () => renewClaim.allows(viewer, full, { id }, NOW),
  }[action]();
  return said.ok ? "yes" : said.refusal.code;
}

/** Told apart here by hand: what a command lets pass because it is done already. */
function changesNothing(action: TokenAction, { row, standing }: ActionSubject): boolean {
  const over = row.revokedAt ?? row.deniedAt ?? (row.overlapEndsAt === later ? null : row.supersededAt);
  if (action === "revoke") return over !== null || row.expiresAt === past;
  if (action === "resume") return row.suspendedAt === null;
  if (action === "suspend") return row.suspendedBy === "eve" || (row.suspendedAt !== null && !standing.ends);
  return false;
}

describe("what a page offers", () => {
  it("is exactly what the command allows and would change, whoever asks and whatever has happened", () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(anySubject, (subject) => {
        const may = actionsOn(subject, NOW);
        for (const action of TOKEN_ACTIONS) {
          const said = allowedByCommand(action, subject);
          const offered = ["yes", "step_up_required"].includes(said) && !changesNothing(action, subject);
          expect([action, may[action].allowed]).toEqual([action, offered]);
          expect(may[action].reason === null).toBe(offered);
          met.add(`${action} ${offered}`);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(met.size).toBe(2 * TOKEN_ACTIONS.length);
  });

  const desk = delegation({
    powers: ["end"],
    delegateGroupIds: ["g-desk"],
    scope: { everyone: true, serviceAccounts: true, groupIds: [] },
  });
  const offered = (viewer: Viewer, some: Partial<ActionSubject> & { maintains?: boolean } = {}) => {
    const all = some.rules ?? rules({ delegations: [desk] });
    const owner = some.owner ?? holder();
    const standing = standingOf(viewer, owner, some.maintains ?? false, all);
    const may = actionsOn({ viewer, owner, row: tokenRow(), standing, rules: all, ...some }, NOW);
    return TOKEN_ACTIONS.filter((action) => may[action].allowed);
  };

  it("is everything to the owner, ending to a delegate with that power, and nothing to a role alone", () => {
    expect(offered(atBrowser("u-ada"))).toEqual(["revoke", "suspend", "rotate", "edit"]);
    expect(offered(atBrowser("u-eve", { groupIds: ["g-desk"] }))).toEqual(["revoke", "suspend"]);
    expect(offered(atBrowser("u-eve", { role: "admin" }))).toEqual([]);
    expect(offered(atBrowser("u-bob"), { owner: service(), maintains: true })).toContain("revoke");
  });

  it("is no resuming to an owner, administrators included, of what somebody else suspended", () => {
    const row = tokenRow(STATES["suspended by a delegate"]);
    expect(offered(atBrowser("u-ada", { role: "admin" }), { row })).toEqual(["revoke", "edit"]);
    expect(offered(atBrowser("u-eve", { groupIds: ["g-desk"] }), { row })).toEqual(["revoke", "resume"]);
  });

  it("says in a sentence why something is not offered", () => {
    const viewer = atBrowser("u-eve", { role: "admin" });
    const none = { viewer, owner: holder(), row: tokenRow(), rules: rules() };
    const may = actionsOn({ ...none, standing: standingOf(viewer, holder(), false, none.rules) }, NOW);
    for (const { reason } of Object.values(may)) expect(reason).toMatch(/^[A-Z].*\.$/);
  });
});
