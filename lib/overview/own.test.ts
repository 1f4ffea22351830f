import { describe, expect, it } from "vitest";
import { OWN_ATTENTION, ownReason, ownTitle } from "./own";

describe("what needs an owner of tokens", () => {
  it.each(OWN_ATTENTION)("%s is told for one, for several and for more than are counted", (key) => {
    expect(ownTitle(key, { count: 1 })).toMatch(/^1 [a-z]/);
    expect(ownTitle(key, { count: 4 })).toMatch(/^4 [a-z]/);
    expect(ownTitle(key, { count: 100 })).toMatch(/^100 or more [a-z]/);
    expect(ownReason(key, { first: { id: "1", name: "Nightly" } })).toMatch(/Nightly.*\.$/);
  });
});
