import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hintOf, newSecret } from "#lib/tokens/secret";
import { STATUSES } from "#lib/tokens/status";
import { managerHref, managerState, VIEWS } from "./filter";
import { hintOfPasted } from "./pasted-secret";

describe("the address of the token manager", () => {
  test("without a query shows what has not ended", () => {
    const { view, q, cursor } = managerState({});
    expect([view.key, q, cursor]).toEqual(["not-ended", "", null]);
    expect(view.statuses).not.toContain("revoked");
  });

  test("every status is in some view", () => {
    const shown = new Set(VIEWS.flatMap((view) => view.statuses));
    expect(STATUSES.filter((status) => !shown.has(status))).toEqual([]);
  });

  test("what is written is what is read", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 }).map((each) => each.trim());
    fc.assert(
      fc.property(fc.constantFrom(...VIEWS), text, fc.option(fc.stringMatching(/^[\w-]{1,80}$/)), (view, q, cursor) => {
        const url = new URL(managerHref({ view: view.key, q, cursor }), "http://x");
        const state = managerState(Object.fromEntries(url.searchParams));
        expect(state).toEqual({ view, q, cursor });
      }),
    );
  });

  test("what makes no sense is left out", () => {
    expect(managerState({ view: "__proto__", q: ["a", "b"], cursor: "c".repeat(501) })).toMatchObject({
      view: { key: "not-ended" },
      q: "a",
      cursor: null,
    });
  });
});

describe("a secret pasted into the search", () => {
  const secret = newSecret();

  test.each([secret, `  ${secret}\n`, `token=${secret}`, `curl -u "mara:${secret}"`, `https://x/?t=${secret}&a`])(
    "is found in %j, and becomes its hint",
    (pasted) => {
      expect(hintOfPasted(pasted)).toBe(hintOf(secret));
      expect(hintOfPasted(pasted)).not.toContain(secret.slice(8, 30));
    },
  );

  test("also with another prefix", () => expect(hintOfPasted(newSecret("corp"))).not.toBeNull());

  test.each(["", "nightly report", "lk_", "lk_b8R…Tt0c", `${secret.slice(0, 20)}`, "a".repeat(60)])(
    "an ordinary search like %j is left alone",
    (text) => expect(hintOfPasted(text)).toBeNull(),
  );
});
