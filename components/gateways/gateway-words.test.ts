import { expect, test } from "vitest";
import { callsWords, silenceWords, trustInWords } from "./gateway-words";

const NOW = Date.UTC(2026, 10, 22, 12);
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

test("a gateway that calls is not remarked upon; one that never did, or fell silent, is", () => {
  expect(silenceWords(ago(0), NOW)).toBeNull();
  expect(silenceWords(null, NOW)).toBe("Has not called yet");
  expect(silenceWords(ago(5), NOW)).toBe("Silent for 5 h");
  expect(silenceWords(ago(72), NOW)).toBe("Silent for 3 days");
});

test("calls are said with how many of them were refused", () => {
  expect(
    [
      { all: 0, refused: 0 },
      { all: 1, refused: 0 },
      { all: 1204, refused: 3 },
    ].map(callsWords),
  ).toEqual(["No calls", "1 call, none refused", "1,204 calls, 3 refused"]);
});

test("whom a gateway trusts is said with ranges and hops, and nobody is nothing", () => {
  expect(trustInWords({ trustedHops: 0, trustedRanges: [] })).toBeNull();
  expect(trustInWords({ trustedHops: 2, trustedRanges: ["10.0.0.1", "::1"] })).toBe("10.0.0.1, ::1; at most 2 of them");
});
