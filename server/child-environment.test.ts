import { describe, expect, test } from "vitest";
import { portalEnvironment, verifierEnvironment } from "./child-environment";

const URLS = { portalUrl: "postgresql://portal@db/l", verifierUrl: "postgresql://verifier@db/l", secret: "wraps keys" };
const SECRETS = {
  ...{ DATABASE_URL: "1", DATABASE_OWNER_URL: "2", LATCHKEY_SECRET: "3", LATCHKEY_SECRET_PREVIOUS: "4" },
  ...{ OIDC_ISSUER: "5", OIDC_CLIENT_ID: "6", OIDC_CLIENT_SECRET: "7", SMTP_URL: "8", PGPASSWORD: "9" },
};
const PLAIN = {
  NODE_ENV: "production" as const,
  PATH: "/bin",
  LATCHKEY_URL: "https://l.example",
  VERIFIER_PORT: "3001",
  REDIS_URL: "redis://r",
};

describe("what a process is told", () => {
  test("is no secret where it is a verifier, except its own way to the database", () => {
    expect(verifierEnvironment({ ...SECRETS, ...PLAIN }, URLS)).toEqual({
      ...PLAIN,
      DATABASE_VERIFIER_URL: URLS.verifierUrl,
    });
  });

  test("is no other role's password where it is the portal", () => {
    const told = portalEnvironment({ ...SECRETS, DATABASE_VERIFIER_URL: "x", ...PLAIN }, URLS);
    expect(told).toMatchObject({ DATABASE_URL: URLS.portalUrl, LATCHKEY_SECRET: URLS.secret, OIDC_CLIENT_SECRET: "7" });
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["DATABASE_OWNER_URL"]));
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["DATABASE_VERIFIER_URL"]));
  });
});
