import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FACTS, LIMITS, READER } from "#test/pages";
import { bodyOf, emptyDraft, nameOf } from "./draft";
import { draftFromQuery } from "./prefill";

const fill = (query: Record<string, string | string[]>, facts = FACTS) => draftFromQuery(query, facts);

test("a wiki's link fills in name, application, access and lifetime", () => {
  const { draft, filled } = fill({ name: "Nightly report", application: "jira", access: "read", expires: "90d" });
  expect(filled).toBe(true);
  expect(draft).toMatchObject({
    name: "Nightly report",
    applications: ["jira"],
    access: "read",
    expiry: { kind: "days", days: 90 },
  });
});

test("purpose, contact, use and networks can be filled in as well", () => {
  const { draft } = fill({
    description: "Report",
    contact: "platform",
    use: "bi",
    network: ["ci", "office"],
    application: ["jira", "wiki"],
  });
  expect(draft).toMatchObject({
    description: "Report",
    contact: "platform",
    use: "bi",
    from: "networks",
    networks: ["ci", "office"],
    several: true,
  });
  expect(nameOf(draft, FACTS.applications)).toBe("Report from Jira and Confluence");
});

test("without a query the form is as it always is", () => {
  expect(fill({})).toEqual({ draft: emptyDraft(FACTS), filled: false });
});

describe("a link can only fill in what the reader could choose", () => {
  const readOnly = { ...FACTS, limits: { ...LIMITS, access: "read" as const, applications: ["jira"] } };

  test.each([
    [{ access: "write" }, readOnly],
    [{ application: "wiki" }, { ...readOnly, limits: { ...readOnly.limits, applications: ["jira", "other"] } }],
    [{ application: "all" }, readOnly],
    [{ application: "nowhere" }, FACTS],
    [{ access: "admin" }, FACTS],
    [{ expires: "91d" }, FACTS],
    [{ expires: "never" }, FACTS],
    [{ expires: "0d" }, FACTS],
    [{ expires: "-1d" }, FACTS],
    [{ expires: "1e3d" }, FACTS],
    [{ expires: "2099-01-01" }, FACTS],
    [{ network: "nowhere" }, FACTS],
    [{ use: "__proto__" }, FACTS],
    [{ name: "\u202e\u0000  " }, FACTS],
  ])("%j stays at its preset", (query, facts) => {
    expect(draftFromQuery(query, facts)).toEqual({ draft: emptyDraft(facts), filled: false });
  });

  test("what may be without an end can be asked for without an end", () => {
    const facts = { ...FACTS, limits: { ...LIMITS, maxLifetimeDays: null } };
    expect(fill({ expires: "never" }, facts).draft.expiry).toEqual({ kind: "never" });
  });
});

test("names lose what cannot be seen or turns the direction of writing, and their excess", () => {
  expect(fill({ name: "Jira\u202e\u200b report\n\tnow" }).draft.name).toBe("Jira report now");
  expect(fill({ name: "😀".repeat(500) }).draft.name).toBe("😀".repeat(100));
});

test("no query, however hostile, asks for more than the tier grants or breaks the form", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom("write", "all", "jira", "90d", "9999d", "never", "ci"),
  );
  const query = fc.dictionary(
    fc.constantFrom("name", "application", "access", "expires", "network", "use", "contact", "__proto__"),
    fc.oneof(value, fc.array(value, { maxLength: 40 })),
  );
  const facts = { ...FACTS, limits: { ...LIMITS, access: "read" as const, applications: ["jira"] } };
  fc.assert(
    fc.property(query, (asked) => {
      const { draft } = draftFromQuery(asked, facts);
      const body = bodyOf(draft, facts, READER);
      expect(body.access).toBe("read");
      expect(['["jira"]', "[]"]).toContain(JSON.stringify(body.applications));
      expect(Date.parse(String(body.expiresAt))).toBeLessThanOrEqual(READER.now + 90 * 86_400_000);
      expect(Array.from(String(body.name)).length).toBeLessThanOrEqual(100);
      expect(draft.networks.every((name) => name === "ci" || name === "office")).toBe(true);
    }),
  );
});
