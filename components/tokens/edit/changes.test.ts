import { describe, expect, test } from "vitest";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { changesOf, draftOf } from "./changes";

const ZONE = "Europe/Helsinki";
const token = {
  ...{ name: "Nightly", description: "", contact: "ops", labels: ["ci", "bi"], access: "write" as const },
  ...{ applications: ["jira"], ipRanges: ["10.0.0.0/8", "office"], expiresAt: "2027-02-18T09:13:07.000Z" },
  ...{ ...UNRESTRICTED, pathRules: ["GET /a"], rateLimit: { perMinute: 60, burst: 60 } },
};

describe("what an edit sends", () => {
  test("is nothing where nothing was touched, so that an end keeps its second", () => {
    expect(changesOf(token, draftOf(token, ZONE), ZONE)).toEqual({});
  });

  test("is the touched fields only", () => {
    const draft = { ...draftOf(token, ZONE), access: "read" as const, labels: "ci" };
    expect(changesOf(token, draft, ZONE)).toEqual({ access: "read", labels: ["ci"] });
  });

  test("ends a chosen day at its end in the reader's zone, and an emptied one never", () => {
    const draft = draftOf(token, ZONE);
    expect(changesOf(token, { ...draft, lastDay: "2027-02-10" }, ZONE)).toEqual({
      expiresAt: "2027-02-10T21:59:59.000Z",
    });
    expect(changesOf(token, { ...draft, lastDay: "" }, ZONE)).toEqual({ expiresAt: null });
  });

  test("is refused for a day that is none", () => {
    expect(changesOf(token, { ...draftOf(token, ZONE), lastDay: "2027-02-31" }, ZONE)).toBeUndefined();
  });

  test("takes a restriction away only where its field was emptied", () => {
    const draft = draftOf(token, ZONE);
    const narrowing = { ...draft.narrowing, paths: "", headers: "X-Team: a" };
    expect(changesOf(token, { ...draft, narrowing }, ZONE)).toEqual({
      pathRules: [],
      headerConditions: [{ name: "X-Team", value: "a" }],
    });
    expect(changesOf(token, { ...draft, narrowing: { ...draft.narrowing, perMinute: "", burst: "" } }, ZONE)).toEqual({
      rateLimit: null,
    });
  });

  test("opens an emptied list of addresses only because it was emptied", () => {
    expect(changesOf(token, { ...draftOf(token, ZONE), ranges: " \n" }, ZONE)).toEqual({ ipRanges: [] });
  });
});
