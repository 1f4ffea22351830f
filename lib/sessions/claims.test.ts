import { describe, expect, it } from "vitest";
import { externalPerson, readClaims } from "./claims";

const EXPECTED = { issuer: "https://login.example.com", groupsClaim: "groups" };
const CLAIMS = { iss: EXPECTED.issuer, sub: "u-1", preferred_username: "mara" };
const read = (claims: object) => readClaims({ ...CLAIMS, ...claims }, EXPECTED);
const personIn = (claims: object) => {
  const person = read(claims);
  if (!person.ok) throw new Error(person.refusal.detail);
  return person.value;
};

describe("the claims of an ID token", () => {
  it("say who somebody is, by issuer and subject", () => {
    const person = personIn({ name: "Mara Lind", groups: ["dev", "ops"], auth_time: 1_700_000_000 });
    expect(person).toMatchObject({
      issuer: EXPECTED.issuer,
      subject: "u-1",
      username: "mara",
      displayName: "Mara Lind",
    });
    expect(person).toMatchObject({ groups: ["dev", "ops"], authenticatedAt: 1_700_000_000_000, email: null });
    expect(externalPerson.safeParse(person).success).toBe(true);
  });

  it("are refused of any other issuer, and without a subject", () => {
    for (const iss of ["https://login.example.com/", "https://evil.test", undefined, 1]) {
      expect(read({ iss })).toMatchObject({ refusal: { code: "invalid_input" } });
    }
    for (const sub of ["", undefined, 7, {}, "x".repeat(256)]) expect(read({ sub }).ok).toBe(false);
  });

  it("count an e-mail address only when it was verified, and say so exactly", () => {
    const email = "mara@example.com";
    expect(personIn({ email, email_verified: true }).email).toBe(email);
    for (const email_verified of [false, "true", 1, undefined, null]) {
      expect(personIn({ email, email_verified }).email).toBeNull();
    }
    expect(personIn({ email: "no address", email_verified: true }).email).toBeNull();
  });

  it("give a username: the preferred one, the verified address, the subject; the first that can be one", () => {
    expect(personIn({ preferred_username: undefined, email: "a@b.cd", email_verified: true }).username).toBe("a@b.cd");
    expect(personIn({ preferred_username: undefined, email: "a@b.cd" }).username).toBe("u-1");
    expect(personIn({ preferred_username: "token" }).username).toBe("u-1");
    expect(read({ preferred_username: "a:b", sub: "c:d" })).toMatchObject({ refusal: { code: "invalid_input" } });
  });

  it("give groups that can be groups, each once, and no others; too many are refused", () => {
    const odd = ["dev", "dev", 1, null, {}, "", " ", "a\u0000b", "x".repeat(300), " ops "];
    expect(personIn({ groups: odd }).groups).toEqual(["dev", "ops"]);
    expect(personIn({ groups: "dev" }).groups).toEqual(["dev"]);
    for (const none of [undefined, null, 7, {}]) expect(personIn({ groups: none }).groups).toEqual([]);
    const many = Array.from({ length: 201 }, (_, at) => `g${at}`);
    expect(read({ groups: many })).toMatchObject({ refusal: { code: "invalid_input" } });
  });

  it("may say anything else: it is not looked at", () => {
    expect(personIn({ role: "admin", name: "x".repeat(5_000), auth_time: "now" })).toMatchObject({
      displayName: "",
      authenticatedAt: null,
    });
  });
});
