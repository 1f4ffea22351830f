import { describe, expect, it } from "vitest";
import { NOON } from "#test/rules";
import {
  createTokenInput,
  issueTokenInput,
  resumeTokenInput,
  revokeTokenInput,
  rotateTokenInput,
  suspendTokenInput,
} from "./schema";

const least = { name: "backup", applications: ["jira"], access: "read" };
const id = "0190d4a5-0000-7000-8000-00000000000a";

/** The paths that are refused, or nothing. */
const wrong = (
  schema: {
    safeParse: (
      raw: unknown,
    ) =>
      | ReturnType<typeof createTokenInput.safeParse>
      | { success: boolean; error?: { issues: { path: PropertyKey[]; code: string }[] } };
  },
  raw: unknown,
) => schema.safeParse(raw).error?.issues.map(({ path }) => path.join(".")) ?? [];

describe("a new token", () => {
  it("needs a name, applications and access; the rest restricts nothing unless said", () => {
    expect(createTokenInput.parse(least)).toEqual({
      ...least,
      ...{ description: "", contact: "", labels: [], ipRanges: [], override: false },
      ...{ headerConditions: [], pathRules: [], timeWindow: null },
    });
    for (const field of ["name", "applications", "access"])
      expect(wrong(createTokenInput, { ...least, [field]: undefined })).toEqual([field]);
  });

  it("ends when said, in any zone, or never; not said is left to the default lifetime", () => {
    expect(createTokenInput.parse({ ...least, expiresAt: "2026-11-22T12:00:00Z" }).expiresAt).toBe(NOON);
    expect(createTokenInput.parse({ ...least, expiresAt: "2026-11-22T23:00:00+11:00" }).expiresAt).toBe(NOON);
    expect(createTokenInput.parse({ ...least, expiresAt: null }).expiresAt).toBeNull();
    expect(createTokenInput.parse(least)).not.toHaveProperty("expiresAt");
    for (const bad of [
      "",
      "2026-11-22",
      "2026-11-22T12:00:00",
      "2026-02-30T12:00:00Z",
      "never",
      0,
      "+275761-01-01T00:00:00Z",
    ]) {
      expect(wrong(createTokenInput, { ...least, expiresAt: bad })).toEqual(["expiresAt"]);
    }
  });

  it("names each thing once, in one spelling", () => {
    const parsed = createTokenInput.parse({
      ...least,
      name: "  backup ",
      applications: ["jira", "jira"],
      labels: ["a", "a"],
      ipRanges: ["2001:DB8::1", "2001:db8::1"],
    });
    expect(parsed).toMatchObject({ name: "backup", applications: ["jira"], labels: ["a"], ipRanges: ["2001:db8::1"] });
  });

  it.each([
    ["name", "x".repeat(101)],
    ["description", "x".repeat(501)],
    ["contact", "x".repeat(101)],
    ["labels", Array.from({ length: 21 }, (_, n) => `l${n}`)],
    ["applications", Array.from({ length: 201 }, (_, n) => `a${n}`)],
    ["ipRanges", Array.from({ length: 501 }, (_, n) => `10.0.${n >> 8}.${n & 255}`)],
    ["headerConditions", Array.from({ length: 51 }, () => ({ name: "a", value: "b" }))],
    ["pathRules", Array.from({ length: 51 }, () => "GET /")],
  ])("has a bounded %s", (field, value) =>
    expect(wrong(createTokenInput, { ...least, [field]: value })[0]).toBe(field),
  );

  it("cannot hold a secret in its words, nor marks that nobody sees", () => {
    const secret = "lk_a1B2a1B2a1B2a1B2a1B2a1B2a1B2a1B221o3DM";
    for (const field of ["name", "description", "contact"]) {
      expect(wrong(createTokenInput, { ...least, [field]: `for ${secret}` })).toEqual([field]);
    }
    expect(wrong(createTokenInput, { ...least, labels: [secret] })).toContain("labels.0");
    expect(wrong(createTokenInput, { ...least, name: "a\u202Eb" })).toEqual(["name"]);
    expect(wrong(createTokenInput, { ...least, name: "Basic reporting of tokens" })).toEqual([]);
  });

  it("has no other fields", () => {
    for (const field of [
      "id",
      "hint",
      "digest",
      "secret",
      "createdAt",
      "status",
      "grant",
      "waiver",
      "ownerId",
      "delegation",
      "__proto__x",
    ]) {
      expect(createTokenInput.safeParse({ ...least, [field]: "x" }).error?.issues[0]?.code).toBe("unrecognized_keys");
    }
  });
});

describe("a token for somebody else", () => {
  it("names the owner once, by id or username, and one delegation", () => {
    const issue = { ...least, delegation: "Integrations" };
    expect(issueTokenInput.safeParse({ ...issue, ownerId: id }).success).toBe(true);
    expect(issueTokenInput.safeParse({ ...issue, owner: "bot" }).success).toBe(true);
    expect(wrong(issueTokenInput, issue)).toEqual(["ownerId"]);
    expect(wrong(issueTokenInput, { ...issue, owner: "bot", ownerId: id })).toEqual(["ownerId"]);
    expect(wrong(issueTokenInput, { ...least, owner: "bot" })).toEqual(["delegation"]);
  });
});

describe("what is done to a token", () => {
  it("has the presets of the interface", () => {
    expect(suspendTokenInput.parse({ id })).toEqual({ id, note: null });
    expect(resumeTokenInput.parse({ id })).toEqual({ id });
    expect(rotateTokenInput.parse({ id })).toEqual({ id, overlap: "24h" });
    expect(revokeTokenInput.parse({ id })).toEqual({ id, reason: "no_longer_needed", note: null, only: false });
  });

  it("needs an id, and has no other fields", () => {
    for (const schema of [suspendTokenInput, resumeTokenInput, rotateTokenInput, revokeTokenInput]) {
      expect(wrong(schema, {})).toEqual(["id"]);
      expect(wrong(schema, { id: "1 OR 1=1" })).toEqual(["id"]);
      expect(schema.safeParse({ id, force: true }).success).toBe(false);
    }
  });
});
