import { expect, test } from "vitest";
import { outcomeOf } from "./attempt";
import { judge, newTally } from "./tally";

const answer = (error: string) => JSON.stringify({ url: `http://localhost:3000/api/auth/error?error=${error}` });

test("a log-in was refused for its password, or sent away because too many came; nothing else is either", () => {
  expect(outcomeOf(401, answer("unauthenticated"))).toBe("refused");
  expect(outcomeOf(401, answer("too_many_requests"))).toBe("sent away");
  expect(outcomeOf(429, answer("too_many_requests:60"))).toBe("sent away");
  for (const [status, body] of [
    [401, answer("unavailable")],
    [200, answer("unauthenticated")],
    [200, '{"url":"http://localhost:3000"}'],
    [500, ""],
  ] as const)
    expect(["refused", "sent away"]).not.toContain(outcomeOf(status, body));
});

test("a tally counts right and wrong answers apart, and keeps the words of the first wrong one, cut short", () => {
  const tally = newTally();
  judge(tally, true, "not told");
  judge(tally, false, "x".repeat(1_000));
  judge(tally, false, "the second");
  expect(tally).toEqual({ whole: 1, pieces: 0, wrong: 2, example: "x".repeat(200) });
});
