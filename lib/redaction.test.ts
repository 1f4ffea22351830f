import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { isSecretField, redact, redactPrefixes } from "./redaction";

const base64 = (text: string) => Buffer.from(text).toString("base64");

redactPrefixes(["acme", "x9", "not a prefix", "("]);

describe.each(["lk", "acme", "x9"])("what looks like a credential is taken out of a text: %s_", (prefix) => {
  const secret = newSecret(prefix);
  const [, random = ""] = secret.split("_");

  test.each([
    ["alone", secret],
    ["in a sentence", `the token ${secret} does not work`],
    ["in a path", `/rest/api/2/issue?token=${secret}&expand=x`],
    ["in a path, encoded", `/rest/${encodeURIComponent(secret).replace("_", "%5F")}/x`],
    ["in a URL's user information", `https://jane:${secret}@git.example.com/scm/x.git`],
    ["in a User-Agent", `curl/8.0 (${secret})`],
    ["glued to other letters", `averyveryveryverylongword${secret}andmore`],
    ["in JSON", JSON.stringify({ name: secret })],
    ["cut short", secret.slice(0, 20)],
    ["lengthened", `${secret}abc`],
    ["in upper case", secret.toUpperCase()],
    ["twice", `${secret},${secret}`],
    ["of another prefix", newSecret("acme")],
    ["as Bearer", `Authorization: Bearer ${secret}`],
  ])("a token %s", (_where, text) => {
    const shown = redact(text);
    expect(shown).toContain("[redacted]");
    expect(shown.toLowerCase()).not.toContain(random.slice(0, 12).toLowerCase());
  });

  test.each(["", "u", "us", "use", "user"])(
    "a token in Basic credentials, also without the scheme, behind the name %j",
    (user) => {
      const encoded = base64(`${user}:${secret}`);
      for (const text of [encoded, `Basic ${encoded}`, `the header was ${encoded}!`]) {
        expect(redact(text)).not.toContain(encoded.slice(12, 40));
      }
    },
  );

  test.each([
    ["a password in Basic", `Basic ${base64("jane:correct horse")}`, base64("jane:correct horse")],
    ["a foreign Bearer", "bearer NjE0MDk2OTg1MDQ3OqGkAFxxEKYV", "NjE0MDk2OTg1MDQ3"],
    ["a Kerberos ticket", "Negotiate YIIJvwYGKwYBBQUCoIIJszCCCa", "YIIJvwYGKwYBBQUC"],
    ["a database URL", "cannot reach postgresql://latchkey:hunter2@db/latchkey", "hunter2"],
    [
      "an encrypted session",
      "cookie eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..QWJjZGVmZ2hp.c2VjcmV0.dGFn",
      "QWJjZGVmZ2hp",
    ],
    ["a JSON Web Token", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl", "eyJzdWIiOiJqYW5lIn0"],
  ])("%s", (_what, text, hidden) => {
    expect(redact(text)).not.toContain(hidden);
  });

  test.each([
    "GET /rest/api/2/issue/ABC-1 200",
    "tokens_owner_id_created_at_idx",
    "the token was revoked",
    "token revoked",
    "01893b5c-7e3e-7cc0-9d4f-1b2c3d4e5f60",
    "https://tokens.example.com/tokens/01893b5c?from=2026-01-01",
    "gw-1:3001/1",
  ])("ordinary text stays: %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("no secret survives, whatever stands around it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const made = newSecret(prefix);
        expect(redact(before + made + after)).not.toContain(made.split("_")[1]?.slice(0, 32));
      }),
    );
  });

  test("a text of megabytes is cut before it is searched, and what is left of a secret at the cut is taken out", () => {
    for (const text of ["a".repeat(4_000_000), "lk".repeat(2_000_000), "Bearer ".repeat(600_000)]) {
      expect(redact(text).length).toBeLessThan(20_000);
    }
    const made = newSecret(prefix);
    expect(redact("-".repeat(8_192 - 20) + made)).not.toContain(made.slice(3, 15));
  });
});

test("a prefix that one copy of this module hears of is found by the others in the process", async () => {
  vi.resetModules();
  const copy = await import("./redaction");
  expect(copy.redact).not.toBe(redact);
  copy.redactPrefixes(["elsewhere"]);
  const short = newSecret("elsewhere").slice(0, 20);
  for (const each of [redact, copy.redact]) expect(each(`cut short: ${short}`)).toBe("cut short: [redacted]");
});

test.each([
  "authorization",
  "Authorization",
  "cookie",
  "password",
  "secret",
  "clientSecret",
  "X-Latchkey-Gateway-Key",
  "digest",
])("a field called %s is a secret by its name", (name) => {
  expect(isSecretField(name)).toBe(true);
});

test.each(["path", "token", "requestId", "code", "passwordChangedAt"])("a field called %s is not", (name) => {
  expect(isSecretField(name)).toBe(false);
});
