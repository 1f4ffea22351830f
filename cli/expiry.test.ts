import { expect, test } from "vitest";
import { expiry } from "./expiry";

const NOW = Date.UTC(2026, 10, 22, 12);
const at = (text: string) => {
  const read = expiry(text);
  return read.ok ? read.value(NOW) : read.refusal.code;
};

test("days count from the moment of making it, to the millisecond", () => {
  expect(at("30d")).toBe("2026-12-22T12:00:00.000Z");
  expect(at("0d")).toBe("2026-11-22T12:00:00.000Z");
  expect(at("999999d")).toBe("4764-10-18T12:00:00.000Z");
});

test("an instant is taken as it is, in whatever zone it is written, and a date begins at midnight UTC", () => {
  expect(at("2027-02-18T12:00:00Z")).toBe("2027-02-18T12:00:00.000Z");
  expect(at("2027-02-18T12:00:00.5+10:30")).toBe("2027-02-18T01:30:00.500Z");
  expect(at("2027-02-18")).toBe("2027-02-18T00:00:00.000Z");
});

test("never is said in full", () => expect(at("never")).toBeNull());

test.each([
  "",
  "30",
  "-1d",
  "1.5d",
  "9999999d",
  "d",
  "tomorrow",
  "Never",
  "2027-02-18 12:00",
  "2027-02-18T12:00:00", // whose noon?
  "2027-13-01T00:00:00Z",
  "18.2.2027",
  "1771416000000",
  "30d\n",
  "3０d",
])("%j is no end of a token", (text) => expect(at(text)).toBe("malformed"));
