import { describe, expect, test } from "vitest";
import { Oracle } from "./oracle";
import { reasonsIn } from "./reasons";
import { simulate } from "./simulated";

describe("the oracle of faults", () => {
  test("has nothing against a verifier that keeps to the protocol", () => {
    expect(simulate({})).toEqual([]);
  });

  test.each([
    ["whose loads pass no fence", { fence: "none" }, /said 200: it had acknowledged/],
    ["whose sequence is given before the commit", { sequence: "bigserial" }, /said 200: it had acknowledged/],
    ["that believes its facts for longer than it says", { boundMs: 4_000 }, /said 200: the bound was over/],
    ["that says 401 where it cannot decide", { undecided: 401 }, /said 401: nobody had ended the token/],
  ] as const)("finds one %s", (_what, mutant, found) => {
    const wrong = simulate(mutant);
    expect(wrong.join("\n")).toMatch(found);
    expect(wrong.every((each) => found.test(each))).toBe(true);
  });

  test("finds a 503 without a reason, and silence of a process that nobody stopped", () => {
    const oracle = new Oracle();
    const answer = (status: number, sentAt: number) => ({
      ...{ verifier: "gw-1", token: "t", status, sentAt, answeredAt: sentAt + 1 },
    });
    oracle.trouble({ verifier: "gw-1", from: 1_000, until: 2_000, silent: false });
    oracle.trouble({ verifier: "gw-2", from: 0, until: 90_000, silent: true });
    expect(oracle.judge([answer(503, 1_500), answer(200, 1_500)])).toEqual([]);
    expect(oracle.judge([answer(503, 500), answer(503, 60_000), answer(0, 1_500)])).toHaveLength(3);
  });

  test("finds a 503 of somebody who knew the token, when only the database had been in trouble for a short while", () => {
    const judged = (statuses: readonly number[], more: object = {}, trouble: object = {}) => {
      const oracle = new Oracle();
      oracle.trouble({ verifier: null, from: 1_000, until: 9_000, silent: false, knownUntil: 2_500, ...trouble });
      const before = statuses.map((status, n) => at(status, 100 * n));
      return oracle.judge([...before, { ...at(503, 1_500), ...more }]).filter((each) => /it knew the token/.test(each));
    };
    const at = (status: number, sentAt: number) => ({
      ...{ verifier: "gw", token: "t", isOne: true, status, sentAt, answeredAt: sentAt + 5 },
    });
    const known = [503, 200, 200, 200, 200, 200];
    expect(judged(known)).toEqual([
      "gw said 503 (no reason) after 5 ms, of a machine that was busy for 0 ms: it knew the token, and that was confirmed",
    ]);
    expect(judged([...known, 503])).toEqual([]);
    expect(judged(known.slice(0, -1))).toEqual([]);
    expect(judged(known, { sentAt: 2_499, answeredAt: 2_501 })).toEqual([]);
    expect(judged(known, { sentAt: 999, answeredAt: 1_001 })).toEqual([]);
    expect(judged(known, { isOne: false })).toEqual([]);
    expect(judged(known, { token: "another" })).toEqual([]);
    expect(judged(known, {}, { knownUntil: undefined })).toEqual([]);
    expect(judged(known, { starvedMs: 1_000 })).toEqual([]);
  });

  test("lets a verifier look up what has changed, until it has decided by that", () => {
    const oracle = new Oracle();
    oracle.changed("t", { to: 401, requestedAt: 100, toldAt: 200, acknowledged: ["gw"], effectiveBy: 200 });
    const at = (status: number, sentAt: number, isOne = true) => ({
      ...{ verifier: "gw", token: "t", isOne, status, sentAt, answeredAt: sentAt + 5 },
    });
    const decided = [210, 220, 230, 240, 250].map((sentAt) => at(401, sentAt));
    expect(oracle.judge([at(503, 150), at(503, 205), ...decided.slice(1), at(503, 300)])).toEqual([]);
    expect(oracle.judge([...decided, at(503, 300, false)])).toEqual([]);
    expect(oracle.judge([...decided, at(503, 300)])).toHaveLength(1);
  });

  test("finds an answer that comes too late, be it right, unless nobody was there or the machine was as busy as that", () => {
    const late = (more: object = {}) => {
      const oracle = new Oracle();
      oracle.trouble({ verifier: "silent", from: 0, until: 9_000, silent: true });
      const busy: string[] = [];
      const answer = { verifier: "gw", token: "t", status: 200, sentAt: 1_000, answeredAt: 1_800 };
      return { wrong: oracle.judge([{ ...answer, ...more }], busy), busy };
    };
    expect(late().wrong).toEqual(["gw said 200 after 800 ms, of a machine that was busy for 0 ms: that is late"]);
    expect(late({ answeredAt: 1_400 })).toEqual({ wrong: [], busy: [] });
    expect(late({ verifier: "silent" })).toEqual({ wrong: [], busy: [] });
    expect(late({ heldUpMs: 130 }).wrong).toHaveLength(1);
    expect(late({ heldUpMs: 134 })).toEqual({ wrong: [], busy: [expect.stringContaining("that is late")] });
  });

  test("says for how long somebody waited for a 503, and why, as far as the log of the verifier tells", () => {
    const line = (more: object) => JSON.stringify({ event: "verification.refused", ...more });
    const log = [
      "{}",
      line({ requestId: "1", reason: "deadline_exceeded" }),
      line({ requestId: "2" }),
      '{"event":"ver',
    ];
    const reasons = reasonsIn(log.join("\n"));
    expect([...reasons]).toEqual([["1", "deadline_exceeded"]]);
    const answer = { verifier: "gw-1", token: "t", status: 503, sentAt: 500, answeredAt: 653 };
    expect(new Oracle().judge([{ ...answer, reason: reasons.get("1") }, answer])).toEqual([
      expect.stringContaining("503 (deadline_exceeded) after 153 ms"),
      expect.stringContaining("503 (no reason) after 153 ms"),
    ]);
  });

  test("holds a 503 against a busy machine where that kept it waiting for longer than a verifier may wait, and nothing else", () => {
    const answer = { verifier: "gw-1", token: "t", status: 503, sentAt: 500, answeredAt: 653 };
    const held = (more: object) => {
      const busy: string[] = [];
      const wrong = new Oracle().judge([{ ...answer, ...more }], busy);
      expect(wrong.length + busy.length).toBe(1);
      return busy.length === 1;
    };
    expect(held({ reason: "deadline_exceeded", starvedMs: 60 })).toBe(true);
    expect(held({ reason: "deadline_exceeded", starvedMs: 59 })).toBe(false);
    expect(held({ reason: "facts_unconfirmed", starvedMs: 1_000 })).toBe(true);
    expect(held({ reason: "facts_unconfirmed", starvedMs: 999 })).toBe(false);
    expect(held({ reason: "undecided", starvedMs: 9_000 })).toBe(false);
    expect(held({ starvedMs: 1_000 })).toBe(true);
    expect(held({ starvedMs: 999 })).toBe(false);
    for (const status of [0, 401]) expect(held({ status, reason: "facts_unconfirmed", starvedMs: 9_000 })).toBe(false);
  });

  test("lets whoever was never told what became of their change expect nothing but the end", () => {
    const oracle = new Oracle();
    oracle.changed("t", { to: 401, requestedAt: 100, toldAt: 9_000, acknowledged: [], effectiveBy: 9_000 });
    const at = (status: number, sentAt: number) => ({ verifier: "gw", token: "t", status, sentAt, answeredAt: sentAt });
    expect(oracle.judge([at(200, 50), at(200, 500), at(401, 500), at(401, 9_500)])).toEqual([]);
    expect(oracle.judge([at(401, 50), at(200, 9_001)])).toHaveLength(2);
  });

  test("finds a refusal by a verifier that knows a token to be good again, and lets the others go on for the bound", () => {
    const oracle = new Oracle();
    const told = (requestedAt: number, to: 200 | 401) =>
      oracle.changed("t", { to, requestedAt, toldAt: requestedAt + 10, acknowledged: ["gw"], effectiveBy: 9_000 });
    told(100, 401);
    told(200, 200);
    const at = (verifier: string, status: number, sentAt: number) => ({
      ...{ verifier, status, token: "t", sentAt, answeredAt: sentAt },
    });
    expect(oracle.judge([at("gw", 401, 150), at("gw", 401, 205), at("gw", 200, 205), at("other", 401, 8_000)])).toEqual(
      [],
    );
    expect(oracle.judge([at("gw", 401, 211)])).toEqual(["gw said 401: it had acknowledged, 1 ms before"]);
    expect(oracle.judge([at("other", 401, 9_001)])).toEqual(["other said 401: the bound was over, 1 ms before"]);
    expect(oracle.judge([at("gw", 200, 150), at("gw", 403, 150)])).toHaveLength(2);
    expect(oracle.saysOf("t")).toBe(200);
  });

  test("finds a verifier that is not back two seconds after the trouble, by so many questions on a busy machine", () => {
    const oracle = new Oracle();
    oracle.trouble({ verifier: null, from: 0, until: 10_000, silent: false });
    const asked = (everyMs: number, until: number) =>
      Array.from({ length: Math.ceil((until - 10_000) / everyMs) }, (_, n) => {
        const sentAt = 10_000 + n * everyMs;
        return { verifier: "gw", token: "t", status: 503, sentAt, answeredAt: sentAt };
      });
    expect(oracle.judge(asked(30, 12_000))).toEqual([]);
    expect(oracle.judge(asked(30, 12_100))).not.toEqual([]);
    expect(oracle.judge(asked(300, 15_000))).toEqual([]);
    expect(oracle.judge(asked(300, 30_000))).not.toEqual([]);
  });
});
