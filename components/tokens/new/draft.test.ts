import { describe, expect, test } from "vitest";
import { FACTS, LIMITS, READER } from "#test/pages";
import { bodyOf, emptyDraft, fromIsOpen, nameOf, partsOf, rangesOf } from "./draft";

import { limitLines } from "./limit-lines";
import { shortSentence, textOf, tokenSentence } from "./sentence";

const draft = emptyDraft(FACTS);
const told = {
  name: "Nightly",
  applications: ["jira"],
  access: "read" as const,
  ipRanges: ["ci"],
  networks: ["ci", "office"],
  expiresAt: Date.parse("2027-02-18T12:00:00Z"),
};
const say = (patch: Partial<typeof told> | object) =>
  textOf(tokenSentence({ ...told, ...patch }, FACTS.applications, READER)).replaceAll("\u00a0", " ");

describe("the live sentence", () => {
  test("says who may do what, where, from where and until when", () => {
    expect(say({})).toBe("Nightly may only read what you can see in Jira, from the network ci, until 18 Feb 2027.");
  });

  test.each([
    [
      { access: "write" },
      "Nightly may read and change everything you can in Jira, from the network ci, until 18 Feb 2027.",
    ],
    [{ applications: ["jira", "wiki"] }, /in Jira and Confluence, from/],
    [{ applications: "all" }, /in all applications, from/],
    [{ applications: [] }, /in an application, from/],
    [{ applications: ["gone"] }, /in gone, from/],
    [{ ipRanges: [] }, /, from anywhere, until/],
    [{ ipRanges: ["ci", "office"] }, /, from the networks ci or office, until/],
    [{ ipRanges: ["192.0.2.7"] }, /, from 192\.0\.2\.7, until/],
    [{ ipRanges: ["ci", "192.0.2.7", "2001:db8::/48"] }, /, from ci or 2 address ranges, until/],
    [{ expiresAt: null }, /, and never ends\.$/],
    [{ expiresAt: undefined }, /from the network ci\.$/],
    [{ name: "  " }, /^This token may/],
  ])("%j is said as %s", (patch, words) => expect(say(patch)).toMatch(words));

  test("marks what was chosen, and its short form says the same in fewer words", () => {
    const strong = tokenSentence(told, FACTS.applications, READER)
      .filter((piece) => piece.strong)
      .map((piece) => piece.text);
    expect(strong).toEqual(["Nightly", "only read", "Jira", "ci", "18\u00a0Feb\u00a02027"]);
    expect(textOf(shortSentence(told, FACTS.applications, READER))).toMatch(
      /^Only read in Jira, from the network ci, until/,
    );
  });
});

describe("the limits beside it", () => {
  const lines = (patch: object, limits: object = {}, more: object = {}) =>
    limitLines({ ...draft, ...patch }, { ...FACTS, ...more, limits: { ...LIMITS, ...limits } }, READER).map(
      (line) => `${line.warn ? "! " : ""}${line.pieces.map((piece) => piece.text).join("")}`,
    );

  test("name their source", () => {
    expect(lines({ expiry: { kind: "days", days: 90 } })).toContain(
      "Ends in 90 days, the longest for tier Developers.",
    );
    expect(lines({}, { maxRatePerMinute: 600 })).toContain("Up to 600 requests a minute: the installation’s ceiling.");
  });

  test("count the token that is being made, and warn when there is no room", () => {
    expect(lines({})).toContain("Will be 5 of 25 tokens you may have in use.");
    expect(lines({}, {}, { activeTokens: 25 })).toContain("! You have 25 of 25 tokens in use: revoke one first.");
    expect(lines({}, { maxActive: null }).join()).not.toContain("in use");
  });

  test("warn of writing from anywhere, and of what never ends", () => {
    expect(lines({ access: "write" })).toContain("! Whoever finds it can change things in your name, from anywhere.");
    expect(lines({ access: "write", from: "networks", networks: ["ci"] }).join()).not.toContain("Whoever");
    expect(lines({ expiry: { kind: "never" } }, { maxLifetimeDays: null })).toContain(
      "! Never ends: somebody has to remember to revoke it.",
    );
  });

  test("say when approval would be needed, and when the tier ends unused tokens", () => {
    const rule = { whenWrite: true, whenLongerThanDays: 30, whenNoRanges: false };
    expect(lines({ access: "write" }, { approval: rule }).join()).toContain("Needs approval");
    expect(lines({ expiry: { kind: "days", days: 31 } }, { approval: rule }).join()).toContain("Needs approval");
    expect(lines({}, { approval: rule }).join()).not.toContain("approval");
    expect(lines({}, { endNeverUsedAfterDays: 14 })).toContain("Ends after 14 days if it is never used.");
  });

  test("there are none for who may make nothing", () => {
    expect(limitLines(draft, { ...FACTS, limits: null }, READER)).toEqual([]);
  });
});

describe("what is sent", () => {
  test("is only what was answered, with the end counted from the given clock", () => {
    expect(bodyOf({ ...draft, name: " Nightly ", applications: ["jira"] }, FACTS, READER)).toEqual({
      name: "Nightly",
      description: "",
      applications: ["jira"],
      access: "read",
      expiresAt: new Date(READER.now + 30 * 86_400_000).toISOString(),
      ipRanges: [],
    });
  });

  test("restrictions go along where any were typed, in the reader's zone unless another is named", () => {
    const narrowing = { ...draft.narrowing, paths: "GET /a", days: ["mon" as const], begins: "06:00", ends: "20:00" };
    expect(bodyOf({ ...draft, narrowing }, FACTS, READER)).toMatchObject({
      pathRules: ["GET /a"],
      timeWindow: { zone: "Europe/Berlin", days: ["mon"], from: "06:00", to: "20:00" },
    });
    expect(bodyOf({ ...draft, narrowing }, FACTS, READER)).not.toHaveProperty("rateLimit");
    const elsewhere = { ...narrowing, zone: "UTC" };
    expect(bodyOf({ ...draft, narrowing: elsewhere }, FACTS, READER)).toMatchObject({ timeWindow: { zone: "UTC" } });
  });

  test("a date that is none is left out, so that the server says so", () => {
    expect(bodyOf({ ...draft, expiry: { kind: "date", date: "" } }, FACTS, READER)).not.toHaveProperty("expiresAt");
  });

  test("only the chosen way of narrowing counts, and lists are read by line and comma", () => {
    const both = { networks: ["ci"], ranges: "192.0.2.7\n 10.0.0.0/8, 192.0.2.7" };
    expect(rangesOf({ ...both, from: "anywhere" })).toEqual([]);
    expect(rangesOf({ ...both, from: "networks" })).toEqual(["ci"]);
    expect(rangesOf({ ...both, from: "ranges" })).toEqual(["192.0.2.7", "10.0.0.0/8"]);
    expect(partsOf(" , \n")).toEqual([]);
  });

  test("choosing to narrow without saying to what is never *anywhere*", () => {
    expect(fromIsOpen({ from: "networks", networks: [], ranges: "10.0.0.0/8" })).toBe(true);
    expect(fromIsOpen({ from: "ranges", networks: ["ci"], ranges: " \n" })).toBe(true);
    expect(fromIsOpen({ from: "networks", networks: ["ci"], ranges: "" })).toBe(false);
    expect(fromIsOpen({ from: "anywhere", networks: [], ranges: "" })).toBe(false);
    expect(say({ ipRanges: null })).not.toContain("from");
  });

  test("where ranges are required the form opens with a way to give them", () => {
    const required = { ...FACTS, limits: { ...LIMITS, requireRanges: true } };
    expect(emptyDraft(required).from).toBe("networks");
    expect(emptyDraft({ ...required, networks: [] }).from).toBe("ranges");
  });

  test("a name is suggested until one is typed, also an empty one", () => {
    expect(nameOf({ name: null, use: "ci", applications: ["jira"] }, FACTS.applications)).toBe("CI job for Jira");
    expect(nameOf({ name: null, use: null, applications: ["jira"] }, FACTS.applications)).toBe("");
    expect(nameOf({ name: "", use: "ci", applications: ["jira"] }, FACTS.applications)).toBe("");
  });

  test("the only application that may be reached is chosen already; among several nobody is", () => {
    expect(emptyDraft({ ...FACTS, limits: { ...LIMITS, applications: ["wiki"] } }).applications).toEqual(["wiki"]);
    expect(draft.applications).toEqual([]);
  });
});
