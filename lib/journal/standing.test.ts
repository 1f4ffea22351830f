import { describe, expect, test } from "vitest";
import type { Found } from "./line";
import { type Head, moves, standingOf, tailOf } from "./standing";

const URL = "https://latchkey.corp";
const HASH = "ab".repeat(32);
const HEAD: Head = {
  ...{ installationId: "i", boundUrl: URL, quarantined: false, epoch: "first", seq: 10n, auditSeq: 20n },
  isMissed: false,
};
const line = (more: Partial<Found> = {}): Found => ({
  ...{ era: 1, epoch: "first", audit: "18", hash: HASH, seq: "9", at: "2026-11-22T12:00:00.000Z", ends: [] },
  proof: "sound",
  ...more,
});
const TAIL = tailOf([line({ audit: "3", hash: "00".repeat(32) }), line()]);
const standing = (head: Partial<Head> = {}, given: Partial<Given> = {}) => {
  const { tail = TAIL, hash = HASH, told = [], lost = null, url = URL } = given;
  return standingOf({ ...HEAD, ...head }, tail, { hashAtMark: hash, told, lost }, url);
};
type Given = {
  tail: typeof TAIL;
  hash: string | null;
  told: readonly string[];
  lost: string | null;
  url: string;
};

describe("a database and the journal beside it", () => {
  test("that knows what the journal knows goes on from there", () => {
    expect(standing()).toBe("follows");
    expect(standing({ seq: 9n, auditSeq: 18n })).toBe("follows");
  });

  test("is behind where a verifier has applied what is not there, whatever the journal knows", () => {
    expect(standing({ isMissed: true })).toBe("behind");
    expect(standing({ isMissed: true }, { tail: tailOf([]), hash: null })).toBe("behind");
    expect(standing({ isMissed: true, quarantined: true })).toBe("quarantined");
  });

  test("without a journal begins one, and so does a history that somebody has put in place of the one it knows", () => {
    expect(standing({}, { tail: tailOf([]), hash: null })).toBe("begins");
    expect(standing({ epoch: "new" }, { told: ["older", "first"] })).toBe("begins");
  });

  test("of a history that the journal has forgotten is older than it", () => {
    expect(standing({ epoch: "forgotten" })).toBe("behind");
    expect(standing({ epoch: "forgotten" }, { told: ["older still"] })).toBe("behind");
    const tail = tailOf([line(), line({ era: 2, epoch: "second", audit: "2" })]);
    expect(standing({ epoch: "a fork of the first" }, { tail, told: ["first"] })).toBe("behind");
  });

  test("of which nothing can be read is older than it, until somebody has ended a quarantine over just that", () => {
    const lost = { tail: tailOf([]), hash: null, lost: "what is left" };
    expect(standing({}, lost)).toBe("behind");
    expect(standing({}, { ...lost, told: ["first", "another"] })).toBe("behind");
    expect(standing({}, { ...lost, told: ["first", "what is left"] })).toBe("begins");
    expect(standing({}, { ...lost, lost: "what is left the second time", told: ["first", "what is left"] })).toBe(
      "behind",
    );
    expect(standing({}, { ...lost, tail: TAIL, hash: HASH })).toBe("follows");
    expect(standing({ epoch: "new" }, { lost: null, told: ["what is left"] })).toBe("behind");
  });

  test("that lacks what is told by a line as it was written is older than it, also where those before it were taken out", () => {
    const later = line({ audit: "19", hash: "cd".repeat(32), proof: "after a gap" });
    expect(standing({}, { tail: tailOf([line(), later]), hash: null })).toBe("behind");
    expect(standing({ auditSeq: 19n }, { tail: tailOf([line(), later]), hash: "cd".repeat(32) })).toBe("follows");
    const forged = line({ audit: "18", proof: "changed" });
    expect(tailOf([line(), later, forged]).marks.get("first")?.audit).toBe("19");
  });

  test("is not told by a line that was changed what one as it was written denies", () => {
    const forged = line({ audit: "19", hash: "cd".repeat(32), proof: "changed" });
    const tail = tailOf([line(), forged]);
    expect(standing({}, { tail, hash: HASH })).toBe("follows");
    expect(tail.marks.get("first")?.audit).toBe("18");
    const alone = tailOf([line({ proof: "foreign" })]);
    expect(standing({ seq: 8n }, { tail: alone })).toBe("behind");
  });

  test.each<[string, Partial<Head>, Partial<Given>]>([
    ["does not know the journal's last event", {}, { hash: null }],
    ["has another event there: it went on from a backup", {}, { hash: "cd".repeat(32) }],
    ["has a change head behind it", { seq: 8n }, {}],
    ["is of before the quarantine that was ended last", {}, { tail: tailOf([line(), line({ era: 2, epoch: "x" })]) }],
  ])("that %s is older than the journal", (_what, head, given) => {
    expect(standing(head, given)).toBe("behind");
  });

  test("in which nothing had happened yet is not older than a journal that tells of nothing", () => {
    expect(standing({ seq: 9n, auditSeq: 0n }, { tail: tailOf([line({ audit: "0" })]), hash: null })).toBe("follows");
  });

  test("that belongs to another address is a copy, whatever the journal says", () => {
    expect(standing({}, { url: "https://staging.corp" })).toBe("elsewhere");
    expect(standing({}, { url: "http://localhost:3000" })).toBe("elsewhere");
    expect(standing({ seq: 0n }, { url: "https://staging.corp", tail: tailOf([]) })).toBe("elsewhere");
  });

  test("that was told to wait waits", () => {
    expect(standing({ quarantined: true, boundUrl: "https://elsewhere.corp" })).toBe("quarantined");
  });
});

describe("an address of this machine only", () => {
  test.each(["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"])("%s is nobody else's", (own) => {
    expect(standing({ boundUrl: own }, { url: "http://localhost:4000" })).toBe("follows");
    expect(standing({ boundUrl: own })).toBe("follows");
    expect(moves(own, URL)).toBe(true);
    expect(moves(own, "http://localhost:4000")).toBe(false);
  });

  test("is where nothing moves to by itself", () => {
    expect(moves(URL, "http://localhost:3000")).toBe(false);
    expect(moves(URL, "https://other.corp")).toBe(false);
  });
});
