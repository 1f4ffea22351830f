import { describe, expect, test } from "vitest";
import { readConfiguration } from "#lib/env";

const WHOLE = {
  OIDC_ISSUER: "https://login.example.com/realms/a",
  OIDC_CLIENT_ID: "latchkey",
  OIDC_CLIENT_SECRET: "s",
};

function said(variables: Record<string, string>): string {
  const result = readConfiguration(variables);
  return result.ok ? "accepted" : result.refusal.detail;
}

describe("the identity provider", () => {
  test("is none unless it is configured, and whole when it is", () => {
    const none = readConfiguration({});
    expect(none.ok && none.value.oidc).toBeNull();
    const provider = readConfiguration(WHOLE);
    expect(provider.ok && provider.value.oidc).toEqual({
      ...{ issuer: WHOLE.OIDC_ISSUER, clientId: "latchkey", clientSecret: "s" },
      ...{ groupsClaim: "groups", name: "your organisation" },
    });
  });

  test("is refused in parts, with what is missing", () => {
    for (const left of Object.keys(WHOLE)) {
      const part = Object.fromEntries(Object.entries(WHOLE).filter(([name]) => name !== left));
      expect(said(part)).toMatch(/belong together: set all three, or none/);
    }
  });

  test("is reached by https, except on this machine, and named without anything behind the path", () => {
    for (const issuer of ["http://localhost:4000", "http://127.0.0.1:4000"]) {
      expect(said({ ...WHOLE, OIDC_ISSUER: issuer })).toBe("accepted");
    }
    const wrong = [
      "http://login.example.com",
      "login.example.com",
      "https://a:b@c.de",
      "https://c.de?x=1",
      "ftp://c.de",
    ];
    for (const issuer of wrong) expect(said({ ...WHOLE, OIDC_ISSUER: issuer })).toMatch(/^OIDC_ISSUER must/);
    expect(said({ ...WHOLE, OIDC_NAME: "a\nb" })).toMatch(/^OIDC_NAME must/);
  });
});
