import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TOKEN_FILTERS, tokenFilter } from "#lib/tokens/search/filter";
import { TOKEN_VIEWS } from "#lib/tokens/search/views";
import { hintOf, newSecret } from "#lib/tokens/secret";
import { COLUMN_KEYS } from "./column-keys";
import { chipWords, FIELDS, type FilterName } from "./fields";
import { askedOf, managerHref, managerState, savedHref, viewHref, without } from "./filter";
import { hintOfPasted, secretIn } from "./pasted-secret";

const names = Object.keys(FIELDS) as FilterName[];
const back = (href: string) => {
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URL(href, "http://x").searchParams) query[name] = [...(query[name] ?? []), value];
  return managerState(query);
};

describe("the address of the token manager", () => {
  test("without a query shows what has not ended, last used first", () => {
    const { view, filter, q, sort, cursor } = managerState({});
    expect([view, q, sort, cursor]).toEqual(["not-ended", "", "-lastUsedAt", null]);
    expect(filter.status).toHaveLength(6);
    expect(filter.status).not.toContain("revoked");
  });

  test("every filter of the list can be asked for, and every view is one of it", () => {
    expect(names.toSorted()).toEqual(
      Object.keys(TOKEN_FILTERS)
        .filter((name) => name !== "q")
        .toSorted(),
    );
    for (const { key, filter } of TOKEN_VIEWS) {
      expect(tokenFilter.safeParse(filter).success).toBe(true);
      expect(back(viewHref(key)).view).toBe(key);
    }
  });

  test("what is written is what is read", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((each) => each.trim() === each);
    const filter = fc.dictionary(fc.constantFrom(...names), fc.uniqueArray(text, { minLength: 1, maxLength: 5 }), {
      noNullPrototype: true,
    });
    const cursor = fc.option(fc.stringMatching(/^[\w-]{1,80}$/));
    fc.assert(
      fc.property(
        filter,
        fc.option(text),
        fc.constantFrom("name", "-expiresAt", "-lastUsedAt"),
        cursor,
        fc.subarray([...COLUMN_KEYS], { minLength: 1 }),
        (some, q, sort, at, columns) => {
          fc.pre(Object.keys(some).length > 0);
          const state = { view: null, filter: some, q: q ?? "", sort, cursor: at, columns };
          expect(back(managerHref(state, { cursor: at }))).toEqual(state);
        },
      ),
    );
  });

  test("what the page shows is what the API finds by the same filter, whether a name has one value or several", () => {
    for (const { key, filter } of TOKEN_VIEWS) {
      expect(tokenFilter.parse(askedOf(back(viewHref(key))))).toEqual(tokenFilter.parse(filter));
    }
    const state = back("/admin/tokens?access=write&noRanges=true&unusedDays=90&owner=ada&owner=bob&q=zapier");
    expect(tokenFilter.parse(askedOf(state))).toMatchObject({
      ...{ access: "write", noRanges: true, unusedDays: 90, owner: ["ada", "bob"], q: "zapier" },
    });
  });

  test("a saved view is the address that the page has when it is looked at, however it was written", () => {
    const href = "/admin/tokens?q=zapier&column=owner";
    expect(savedHref("column=owner&q=zapier&view=not-ended")).toBe(href);
    expect(managerHref(back(savedHref("q=zapier&column=owner")))).toBe(href);
    for (const { key } of TOKEN_VIEWS) expect(savedHref(`view=${key}`)).toBe(viewHref(key));
  });

  test("columns that there are not are left out; without any there are all", () => {
    expect(back("/admin/tokens?column=owner&column=brand").columns).toEqual(["owner"]);
    expect(back("/admin/tokens?column=brand").columns).toEqual(COLUMN_KEYS);
    expect(managerHref(back("/admin/tokens?column=flags&column=owner"))).toBe(
      "/admin/tokens?column=owner&column=flags",
    );
  });

  test("a filter that is taken away is gone, and the last one leaves everything", () => {
    const open = back(viewHref("open"));
    const rest = back(managerHref(open, { filter: without(open.filter, "access") }));
    expect(Object.keys(rest.filter).toSorted()).toEqual(["noRanges", "status"]);
    const orphaned = back(viewHref("orphaned"));
    expect(back(managerHref(orphaned, { filter: without(orphaned.filter, "status") }))).toMatchObject({
      ...{ view: "all", filter: {} },
    });
  });

  test("what is changed begins at its first page", () => {
    expect(back(managerHref(managerState({ cursor: "x" }), { sort: "name" })).cursor).toBeNull();
  });

  test("what makes no sense is left out", () => {
    expect(
      managerState({ view: "__proto__", q: ["a", "b"], cursor: "c".repeat(1_001), colour: "red", owner: ["", " "] }),
    ).toMatchObject({ view: "not-ended", q: "a", cursor: null });
  });
});

describe("a chip of the filter", () => {
  test("says its values in words, many of them by their number", () => {
    expect(chipWords("status", managerState({}).filter.status ?? [])).toBe("not ended");
    expect(chipWords("status", ["active", "orphaned"])).toBe("active, owner gone");
    expect(chipWords("noRanges", ["true"])).toBe("anywhere");
    expect(chipWords("owner", ["a", "b", "c", "d"])).toBe("any of 4");
  });
});

describe("a secret pasted into the search", () => {
  const secret = newSecret();

  test.each([secret, `  ${secret}\n`, `token=${secret}`, `curl -u "mara:${secret}"`, `https://x/?t=${secret}&a`])(
    "is found in %j, and becomes its hint",
    (pasted) => {
      expect(hintOfPasted(pasted)).toBe(hintOf(secret));
      expect(secretIn(pasted)).toBe(secret);
      expect(hintOfPasted(pasted)).not.toContain(secret.slice(8, 30));
    },
  );

  test("also with another prefix", () => expect(hintOfPasted(newSecret("corp"))).not.toBeNull());

  test.each(["", "nightly report", "lk_", "lk_b8R…Tt0c", `${secret.slice(0, 20)}`, "a".repeat(60)])(
    "an ordinary search like %j is left alone",
    (text) => expect(hintOfPasted(text)).toBeNull(),
  );
});
