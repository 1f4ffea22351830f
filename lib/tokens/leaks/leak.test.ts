import { describe, expect, it } from "vitest";
import { NOON } from "#test/rules";
import { ownerRow, tokenRow } from "#test/token-rows";
import { digestOf, newSecret } from "../secret";
import { digestsOfLeaked, endingLeaked, MOST_SECRETS, reportLeaksInput } from "./leak";

describe("what somebody found", () => {
  it("is looked for if it can be a secret, of whatever prefix, once, blanks around it or not", () => {
    const [one, two] = [newSecret(), newSecret("acme1")];
    const found = digestsOfLeaked([one, ` ${one}\n`, two, one]);
    expect(found).toEqual([digestOf(one), digestOf(two)]);
  });

  it("is dropped by its checksum otherwise, before anybody is asked", () => {
    const secret = newSecret();
    const flipped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0");
    const none = [
      "",
      "lk_",
      "_",
      "ghp_0123456789abcdef0123456789abcdef0123",
      flipped,
      secret.slice(0, -1),
      `${secret}0`,
    ];
    const odd = [secret.toLowerCase(), `x ${secret}`, secret.replace("_", "＿"), secret.replace("lk", "ӏk"), "ключ"];
    expect(digestsOfLeaked([...none, ...odd])).toEqual([]);
  });

  it("is bounded, each and all together, and nothing of it is said again", () => {
    const secret = newSecret();
    const parse = (input: unknown) => reportLeaksInput.safeParse(input);
    expect(parse({ secrets: Array(MOST_SECRETS).fill(secret) }).data).toEqual({ secrets: [digestOf(secret)] });
    expect(parse({ secrets: [] }).success).toBe(true);
    const wrong = [
      {},
      { secrets: secret },
      { secrets: [secret.repeat(20)] },
      { secrets: [[secret]] },
      { secrets: [7] },
    ];
    for (const input of [...wrong, { secrets: Array(MOST_SECRETS + 1).fill(secret) }, { secrets: [], note: secret }]) {
      const refused = parse(input);
      expect(refused.success).toBe(false);
      expect(JSON.stringify(refused.error?.issues)).not.toContain(secret);
    }
  });
});

describe("tokens whose secrets were reported", () => {
  const past = new Date(NOON - 1);
  const ended = (...rows: Parameters<typeof tokenRow>[0][]) => endingLeaked(rows.map(tokenRow), NOON);

  it("end as exposed, by nobody of ours, and each is told with its owner", () => {
    expect(ended({ id: "a", name: "one" }, { id: "b", name: "two", owner: ownerRow({ username: "bob" }) })).toEqual({
      columns: {
        ...{ revokedAt: new Date(NOON), revokedBy: "a leak report", leakReportedAt: new Date(NOON) },
        ...{ revocationReason: "key_compromise", revocationNote: null },
      },
      touched: [expect.objectContaining({ id: "a" }), expect.objectContaining({ id: "b" })],
      events: [
        expect.objectContaining({
          ...{ action: "token.leak-reported", subject: { id: "a", name: "one" } },
          detail: { before: { revocation: null }, after: { owner: "ada", hint: "lk_h2D…Rk8v" } },
        }),
        expect.objectContaining({ subject: { id: "b", name: "two" } }),
      ],
    });
  });

  it("end although they are suspended, expired, in an overlap, or their owner is gone", () => {
    for (const some of [
      { suspendedAt: past },
      { expiresAt: past },
      { supersededAt: past, overlapEndsAt: new Date(NOON + 1) },
      { owner: ownerRow({ deactivatedAt: past }) },
    ])
      expect(ended(some)?.touched).toHaveLength(1);
  });

  it("are left as they are once they are revoked, so that a second report changes nothing", () => {
    expect(ended({ revokedAt: past })).toBeNull();
    expect(ended({ supersededAt: past, overlapEndsAt: past })).toBeNull();
    expect(ended({ id: "a", revokedAt: past }, { id: "b" })?.touched.map(({ id }) => id)).toEqual(["b"]);
    expect(endingLeaked([], NOON)).toBeNull();
  });
});
