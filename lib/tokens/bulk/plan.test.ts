import { describe, expect, it } from "vitest";
import { DAY, delegation, holder, NOON, policy } from "#test/rules";
import { atBrowser, ownerRow, tokenRow } from "#test/token-rows";
import { facts } from "#test/verification";
import { standingOf } from "../acting/standing";
import { holderOf, type TokenRow } from "../row";
import { type Many, planBulk, together } from "./plan";

const NOW = NOON + DAY;
const over = delegation({
  id: "d-all",
  delegateGroupIds: ["g-ops"],
  powers: ["end", "manage"],
  scope: { everyone: true, groupIds: [], serviceAccounts: true },
});
const eve = atBrowser("u-eve", { groupIds: ["g-ops"] });
const REVOKE = { action: "revoke", reason: "unused", note: null } as const;
const SUSPEND = { action: "suspend", note: "leave" } as const;

/** Tokens as eve, a delegate over everybody, finds them; `pairs`: which work beside each other. */
function many(tokens: readonly TokenRow[], pairs: readonly (readonly [string, string])[] = [], viewer = eve): Many {
  const rules = facts({ policies: [policy()], delegations: new Map([[over.id, over]]) });
  const besideOf = (id: string) =>
    pairs.flatMap(([a, b]) => (a === id ? [b] : b === id ? [a] : [])).filter((each) => each !== id);
  const found = tokens.map((row) => {
    const owner = holderOf(row.owner);
    return [
      row.id,
      { row, owner, standing: standingOf(viewer, owner, false, rules), beside: besideOf(row.id) },
    ] as const;
  });
  return {
    ...{ viewer, rules },
    ids: tokens.map(({ id }) => id),
    found: new Map(found),
    rows: new Map(tokens.map((row) => [row.id, row])),
  };
}

describe("many tokens", () => {
  it("are each decided as if alone: what may not be done is refused in the words of the command for one", () => {
    const tokens = [
      tokenRow({ id: "a" }),
      tokenRow({ id: "b", expiresAt: new Date(NOON) }),
      tokenRow({ id: "c", suspendedAt: new Date(NOON), suspendedBy: "ann" }),
    ];
    const plan = planBulk(SUSPEND, many(tokens), NOW);
    expect(plan.changed).toEqual(["a"]);
    expect(plan.refused).toEqual([{ id: "b", code: "ended", detail: "It has ended; there is nothing to suspend." }]);
    expect(plan.events.map(({ action, subject }) => [action, subject.id])).toEqual([["token.suspended", "a"]]);
  });

  it("of others whom no delegation covers stay as they are", () => {
    const plan = planBulk(REVOKE, many([tokenRow({ id: "a" })], [], atBrowser("u-bob")), NOW);
    expect(plan).toMatchObject({ writes: [], events: [], refused: [{ id: "a", code: "forbidden" }] });
  });

  it("that are not found are refused as if there were none", () => {
    const seen = many([tokenRow({ id: "a" })]);
    const plan = planBulk(REVOKE, { ...seen, ids: ["a", "gone"] }, NOW);
    expect(plan.changed).toEqual(["a"]);
    expect(plan.refused).toMatchObject([{ id: "gone", code: "not_found" }]);
  });

  it("that are so already are neither changed nor refused nor told of", () => {
    const ended = { revokedAt: new Date(NOON), revokedBy: "ada", revocationReason: "unused" as const };
    expect(planBulk(REVOKE, many([tokenRow({ id: "a", ...ended })]), NOW)).toEqual({
      ...{ writes: [], events: [], refused: [], changed: [] },
    });
    expect(planBulk({ action: "resume" }, many([tokenRow()]), NOW)).toMatchObject({ writes: [], refused: [] });
  });

  it("of which two are a rotating pair end together, and each is told of once", () => {
    const old = tokenRow({ id: "old", supersededAt: new Date(NOON), overlapEndsAt: new Date(NOW + DAY) });
    const next = tokenRow({ id: "new", rotatedFromId: "old" });
    for (const wish of [REVOKE, SUSPEND]) {
      const plan = planBulk(wish, many([old, next], [["old", "new"]]), NOW);
      expect(plan.refused).toEqual([]);
      expect(plan.events.map(({ subject }) => subject.id)).toEqual(["old", "new"]);
    }
  });

  it("end at another time where that is sooner; who is not the owner never lets one live longer", () => {
    const tokens = [
      tokenRow({ id: "long", expiresAt: new Date(NOON + 30 * DAY) }),
      tokenRow({ id: "never", expiresAt: null }),
      tokenRow({ id: "same", expiresAt: new Date(NOON + 10 * DAY) }),
      tokenRow({ id: "short", expiresAt: new Date(NOON + 5 * DAY) }),
    ];
    const plan = planBulk({ action: "change-expiry", expiresAt: NOON + 10 * DAY }, many(tokens), NOW);
    expect(plan.changed).toEqual(["long", "never"]);
    expect(plan.refused).toMatchObject([{ id: "short", code: "forbidden" }]);
    expect(plan.events[0]).toMatchObject({
      action: "token.edited",
      detail: { after: { expiresAt: new Date(NOON + 10 * DAY).toISOString(), name: "backup" } },
    });
    const past = planBulk({ action: "change-expiry", expiresAt: NOON }, many(tokens), NOW);
    expect(past.refused.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => "invalid_input"));
  });

  it("that are being rotated end with their old secrets, which never live longer for it", () => {
    const old = tokenRow({ id: "old", supersededAt: new Date(NOON), overlapEndsAt: new Date(NOON + 7 * DAY) });
    const next = tokenRow({ id: "new", rotatedFromId: "old", expiresAt: new Date(NOON + 60 * DAY) });
    const shorten = (at: number) => {
      const { writes, changed } = planBulk(
        { action: "change-expiry", expiresAt: at },
        {
          ...many([old, next], [["old", "new"]]),
          ids: ["new"],
        },
        NOW,
      );
      return { changed, ends: writes.map(({ columns, touched }) => [touched[0]?.id, columns]) };
    };
    const soon = new Date(NOON + 3 * DAY);
    expect(shorten(soon.getTime())).toEqual({
      changed: ["new"],
      ends: [
        ["new", { expiresAt: soon }],
        ["old", { expiresAt: soon, overlapEndsAt: soon }],
      ],
    });
    const late = new Date(NOON + 50 * DAY);
    expect(shorten(late.getTime()).ends[1]).toEqual([
      "old",
      { expiresAt: old.expiresAt, overlapEndsAt: old.overlapEndsAt },
    ]);
  });

  it("of a service account are acted on by its maintainer as by its holder", () => {
    const bot = tokenRow({ owner: ownerRow({ id: "u-bot", username: "bot", kind: "service" }) });
    const rules = facts({ policies: [] });
    const owner = holder({ id: "u-bot", username: "bot", kind: "service" });
    const bob = atBrowser("u-bob");
    const standing = standingOf(bob, owner, true, rules);
    const found = new Map([[bot.id, { row: bot, owner, standing, beside: [] }]]);
    const plan = planBulk(SUSPEND, { viewer: bob, rules, ids: [bot.id], found, rows: new Map([[bot.id, bot]]) }, NOW);
    expect(plan.writes[0]?.columns).toMatchObject({ suspendedByOwner: true, suspendedBy: "bob" });
  });

  it("to which the same is written are written together", () => {
    const tokens = ["a", "b", "c"].map((id) => tokenRow({ id }));
    const { writes } = planBulk(REVOKE, many(tokens), NOW);
    expect(writes).toHaveLength(3);
    const [one, ...others] = together(writes);
    expect(others).toEqual([]);
    expect(one?.touched.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});
