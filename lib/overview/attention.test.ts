import { describe, expect, it } from "vitest";
import { ATTENTION, attentionReason, attentionTitle, MOST_COUNTED } from "./attention";

describe("what needs an administrator", () => {
  it.each(ATTENTION)("%s is told for one, for several and for more than are counted", (key) => {
    expect(attentionTitle(key, { count: 1, first: "x" })).toMatch(/^1 [a-z]/);
    expect(attentionTitle(key, { count: 7, first: "x" })).toMatch(/^7 [a-z]/);
    expect(attentionTitle(key, { count: MOST_COUNTED, first: "x" })).toMatch(/^100 or more [a-z]/);
    expect(attentionReason(key, { count: 1, first: "Nightly" })).toMatch(/Nightly.*\.$/);
  });
});
