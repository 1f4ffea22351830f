import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pullFrom } from "./pull";

const RUN = "0190d4a5-0000-7000-8000-0000000000f1";

/** Pulls from a database that answers with these cells; the connection is all that a pull knows of it. */
const pulled = (cells: unknown[] | undefined) =>
  pullFrom({ query: async () => (cells === undefined ? [] : [cells]) } as never, RUN, null);

describe("what a pull reads", () => {
  test("is the head with its mark, and the changes in their order", async () => {
    const changes = JSON.stringify([
      [8, "token", "ab"],
      [9, "all", ""],
    ]);
    expect(await pulled(["t", 9, "m9", "m7", changes, true, false, 1_000.5])).toEqual({
      ...{ timeline: "t", head: 9, headMark: "m9", appliedMark: "m7", succeeds: true, isMissed: false },
      clockMs: 1_000.5,
      changes: [
        { seq: 8, kind: "token", key: "ab" },
        { seq: 9, kind: "all", key: "" },
      ],
    });
  });

  test("is nothing new where the database has no change, and no mark where there is no row", async () => {
    expect(await pulled(["t", 7, null, null, null, null, false])).toEqual({
      ...{ timeline: "t", head: 7, headMark: null, appliedMark: null, changes: [], succeeds: false },
      ...{ isMissed: false, clockMs: null },
    });
  });

  test.each([true, null, "f"])("is missed by another verifier unless that is clearly denied: %s", async (said) => {
    expect(await pulled(["t", 7, null, null, null, null, said])).toMatchObject({ isMissed: true });
  });

  test.each([undefined, "1", Number.NaN])(
    "keeps no time that is none, and is believed all the same: %s",
    async (said) => {
      expect(await pulled(["t", 7, null, null, null, null, false, said])).toMatchObject({ head: 7, clockMs: null });
    },
  );

  test.each([
    ["no row", undefined],
    ["no timeline", [null, 7, null, null, null]],
    ["a head that is a text", ["t", "7", null, null, null]],
    ["changes that are no list", ["t", 7, null, null, "{}"]],
    ["changes that are no JSON", ["t", 7, null, null, "[8,"]],
    ["a sequence that is a text", ["t", 8, null, null, '[["8","token","ab"]]']],
    ["a change without a key", ["t", 8, null, null, '[[8,"token"]]']],
    ["one bad change among good ones", ["t", 9, null, null, '[[8,"token","ab"],[9,"user",null]]']],
  ])("is believed whole or not at all: %s throws", async (_what, cells) => {
    await expect(pulled(cells)).rejects.toThrow();
  });

  test("is either what the statement promises or an error, whatever comes back", async () => {
    const answers = fc.asyncProperty(
      fc.anything(),
      fc.anything(),
      fc.oneof(fc.json(), fc.string(), fc.constant(null)),
      async (timeline, head, changes) => {
        const read = await pulled([timeline, head, null, null, changes]).catch(() => null);
        if (read === null) return;
        expect([typeof read.timeline, typeof read.head]).toEqual(["string", "number"]);
        for (const { seq, kind, key } of read.changes) {
          expect([typeof seq, typeof kind, typeof key]).toEqual(["number", "string", "string"]);
        }
      },
    );
    await fc.assert(answers);
  });
});
