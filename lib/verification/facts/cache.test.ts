import { describe, expect, test } from "vitest";
import { tokenFacts } from "#test/token-facts";
import { type CacheLimits, FactsCache, type Loaded, type Looked } from "./cache";
import type { TokenFacts } from "./model";

const LIMITS: CacheLimits = { tokens: 100, unknown: 5, touched: 50 };
const TIMELINE = "epoch-a";
const maria = (name = "ci") => tokenFacts({ name }, { id: "maria" });

function cacheAt(seq: number, limits = LIMITS): FactsCache {
  const cache = new FactsCache(limits);
  cache.restart(TIMELINE, seq);
  return cache;
}

/** Loads in one go; gives what was settled. */
function load(
  cache: FactsCache,
  asOf: number,
  entries: Record<string, TokenFacts | null>,
  ticket = cache.fence.ticket(),
) {
  const found = new Map<string, TokenFacts>();
  for (const [digest, facts] of Object.entries(entries)) if (facts) found.set(digest, facts);
  const loaded: Loaded = { timeline: TIMELINE, asOf, found };
  const settled: Record<string, Looked> = {};
  cache.admit(ticket, loaded, Object.keys(entries), 0, (digest, looked) => {
    settled[digest] = looked;
  });
  return settled;
}

describe("what is remembered", () => {
  test("facts come back as the very object that went in", () => {
    const cache = cacheAt(1);
    const facts = maria();
    expect(load(cache, 1, { d1: facts })).toEqual({ d1: facts });
    expect(cache.find("d1", 0)).toBe(facts);
    expect(cache.find("d2", 0)).toBeUndefined();
  });

  test("an unknown digest is unknown for a second, no longer", () => {
    const cache = cacheAt(1);
    expect(load(cache, 1, { d1: null })).toEqual({ d1: "unknown" });
    expect(cache.find("d1", 999)).toBe("unknown");
    expect(cache.find("d1", 1_000)).toBeUndefined();
  });

  test("a new token is never masked by its digest having been unknown", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: null });
    cache.apply({ seq: 2, kind: "token", key: "d1" });
    expect(cache.find("d1", 0)).toBeUndefined();
    expect(load(cache, 1, { d1: null })).toEqual({});
    expect(cache.find("d1", 0)).toBeUndefined();
    expect(load(cache, 2, { d1: maria() })).toHaveProperty("d1");
  });
});

describe("what a change evicts", () => {
  test("a token's change evicts that token, and keeps out what was read before", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria(), d2: maria() });
    cache.apply({ seq: 2, kind: "token", key: "d1" });
    expect(cache.find("d1", 0)).toBeUndefined();
    expect(cache.find("d2", 0)).toBeDefined();
    expect(load(cache, 1, { d1: maria() })).toEqual({});
    expect(load(cache, 2, { d1: maria("renamed") })).toEqual({ d1: maria("renamed") });
  });

  test("a user's change evicts all tokens of that user and of nobody else", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria(), d2: maria(), d3: tokenFacts({}, { id: "erik" }) });
    cache.apply({ seq: 2, kind: "user", key: "maria" });
    expect([cache.find("d1", 0), cache.find("d2", 0)]).toEqual([undefined, undefined]);
    expect(cache.find("d3", 0)).toBeDefined();
    expect(load(cache, 1, { d1: maria() })).toEqual({});
    expect(load(cache, 2, { d1: maria() })).toHaveProperty("d1");
  });

  test("a token whose owner changed is found by its owner of today", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria() });
    load(cache, 1, { d1: tokenFacts({}, { id: "erik" }) });
    cache.apply({ seq: 2, kind: "user", key: "maria" });
    expect(cache.find("d1", 0)).toBeDefined();
    cache.apply({ seq: 3, kind: "user", key: "erik" });
    expect(cache.find("d1", 0)).toBeUndefined();
  });

  test.each(["all", "a kind that a later version adds"])("everything goes with a change of kind: %s", (kind) => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria(), d2: null });
    cache.apply({ seq: 2, kind, key: "" });
    expect([cache.find("d1", 0), cache.find("d2", 0)]).toEqual([undefined, undefined]);
    expect(load(cache, 1, { d1: maria() })).toEqual({});
  });

  test("a change of the installation leaves tokens alone", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria() });
    cache.apply({ seq: 2, kind: "installation", key: "" });
    expect(cache.find("d1", 0)).toBeDefined();
  });

  test("nothing from another timeline is taken in", () => {
    const cache = cacheAt(5);
    const ticket = cache.fence.ticket();
    cache.restart("epoch-b", 3);
    expect(load(cache, 9, { d1: maria() }, ticket)).toEqual({});
    expect(load(cache, 9, { d1: maria() })).toEqual({}); // read in epoch-a
  });
});

describe("memory", () => {
  test("the least recently used tokens leave first, and their owners with them", () => {
    const cache = cacheAt(1, { ...LIMITS, tokens: 3 });
    for (const n of [1, 2, 3]) load(cache, 1, { [`d${n}`]: tokenFacts({}, { id: `owner-${n}` }) });
    cache.find("d1", 0);
    load(cache, 1, { d4: tokenFacts({}, { id: "owner-4" }) });
    expect(cache.find("d2", 0)).toBeUndefined();
    expect(cache.find("d1", 0)).toBeDefined();
    expect(cache.sizes).toMatchObject({ tokens: 3, owners: 3 });
  });

  test("a token with very many ranges takes the room of several", () => {
    const cache = cacheAt(1, { ...LIMITS, tokens: 10 });
    for (const n of [1, 2, 3, 4]) load(cache, 1, { [`d${n}`]: tokenFacts({}, { id: `owner-${n}` }) });
    const ipRanges = Array.from({ length: 120 }, (_, i) => `10.0.${i}.0/24`);
    load(cache, 1, { wide: tokenFacts({ ipRanges }, { id: "wide" }) });
    expect(cache.find("wide", 0)).toBeDefined();
    expect(cache.sizes).toMatchObject({ tokens: 3, owners: 3 });
  });

  test("a flood of unknown digests stays bounded", () => {
    const cache = cacheAt(1);
    for (let n = 0; n < 1_000; n += 1) load(cache, 1, { [`random-${n}`]: null });
    expect(cache.sizes).toMatchObject({ tokens: 0, unknown: LIMITS.unknown });
  });

  test("no index outlives what it points to", () => {
    const cache = cacheAt(1);
    load(cache, 1, { d1: maria(), d2: maria(), d3: tokenFacts({}, { id: "erik" }) });
    cache.apply({ seq: 2, kind: "user", key: "maria" });
    cache.apply({ seq: 3, kind: "token", key: "d3" });
    expect(cache.sizes).toMatchObject({ tokens: 0, owners: 0 });
  });
});
