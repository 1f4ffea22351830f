import { describe, expect, test } from "vitest";
import type { BulkPreview } from "#lib/tokens/bulk/preview";
import { doneWords, operationTitle, timeLeft, whatElse, whatHappens } from "./bulk-words";
import { changed, MOST_SELECTED, selectedIn } from "./selection";

const preview = (some: Partial<BulkPreview> = {}): BulkPreview => ({
  ...{ action: "revoke", matched: 1_500, changes: 1_374, unchanged: 26, refused: [] },
  ...{ owners: 57, most: [], usedLastDay: 38, neverUsed: 12 },
  ...some,
});

describe("before it begins", () => {
  test("it says how many of whom, who would notice, and that it is final", () => {
    expect(whatHappens(preview())).toBe("1,374 tokens of 57 owners are revoked.");
    expect(whatElse(preview())).toBe(
      "38 used in the last 24 hours, 12 never used. This cannot be undone. 26 are ended already.",
    );
    expect(whatHappens(preview({ changes: 1, owners: 1 }))).toBe("1 token of one owner is revoked.");
  });

  test("what changes nothing claims nothing", () => {
    const none = preview({ changes: 0, unchanged: 1, usedLastDay: 0, neverUsed: 0 });
    expect(whatHappens(none)).toBe("Nothing would change.");
    expect(whatElse(none)).toBe("1 is ended already.");
    expect(whatElse(preview({ action: "resume", unchanged: 0 }))).toBe("");
  });
});

describe("while it goes on and afterwards", () => {
  test("the time left is guessed from how long it took so far", () => {
    expect(timeLeft(250, 1_000, 2_000)).toBe("about 6 s left");
    expect(timeLeft(10, 10_000, 2_000)).toBe("about 34 min left");
    for (const [handled, elapsed] of [
      [0, 5_000],
      [1_000, 5_000],
      [10, 0],
    ] as const) {
      expect(timeLeft(handled, 1_000, elapsed)).toBe("");
    }
  });

  test("an action of another version keeps its name", () => {
    expect(operationTitle("change-expiry", 1)).toBe("Change expiry of 1 token");
    expect(operationTitle("toString", 2)).toBe("toString 2 tokens");
    expect(doneWords("suspend", 3).said).toBe("3 tokens are suspended.");
    expect(doneWords("constructor", 1).said).toBe("1 token is done.");
    expect(doneWords("revoke", 0).said).toBe("Nothing was changed.");
  });
});

describe("a selection", () => {
  test("belongs to who made it: somebody else in the same tab has chosen nothing", () => {
    expect(selectedIn("ann\na\nb", "ann")).toEqual(["a", "b"]);
    expect(selectedIn("ann\na\nb", "bob")).toEqual([]);
    expect(selectedIn(null, "ann")).toEqual([]);
  });

  test("has each once, in the order of choosing, and no more than a request can name", () => {
    expect(changed(["a", "b"], ["b", "c"], true)).toEqual(["a", "b", "c"]);
    expect(changed(["a", "b"], ["a", "x"], false)).toEqual(["b"]);
    const many = Array.from({ length: 1_100 }, (_, n) => String(n));
    expect(changed(["a"], many, true)).toHaveLength(MOST_SELECTED);
  });
});
