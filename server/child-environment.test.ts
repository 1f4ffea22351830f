import { describe, expect, test } from "vitest";
import { wrappingKey } from "#lib/keys/key";
import { portalEnvironment, verifierEnvironment } from "./child-environment";

const URLS = {
  ...{ portalUrl: "postgresql://portal@db/l", verifierUrl: "postgresql://verifier@db/l", secret: "wraps keys" },
  retentionUrl: "postgresql://retention@db/l",
};
const SECRETS = {
  ...{
    DATABASE_URL: "1",
    DATABASE_OWNER_URL: "2",
    DATABASE_RETENTION_URL: "0",
    LATCHKEY_SECRET: "3",
    LATCHKEY_SECRET_PREVIOUS: "4",
  },
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
  test("is of secrets, where it is a verifier, its own way to the database and what opens the keys it signs with", () => {
    const opens = (secret: string) => wrappingKey(secret, "assertion").toString("base64");
    expect(verifierEnvironment({ ...SECRETS, ...PLAIN }, URLS)).toEqual({
      ...PLAIN,
      DATABASE_VERIFIER_URL: URLS.verifierUrl,
      LATCHKEY_ASSERTION_SECRET: opens(URLS.secret),
      LATCHKEY_ASSERTION_SECRET_PREVIOUS: opens(SECRETS.LATCHKEY_SECRET_PREVIOUS),
    });
    const { LATCHKEY_SECRET_PREVIOUS: _changed, ...steady } = SECRETS;
    const told = verifierEnvironment({ ...steady, ...PLAIN, LATCHKEY_ASSERTION_SECRET: "a stray one" }, URLS);
    expect(told).toMatchObject({ LATCHKEY_ASSERTION_SECRET: opens(URLS.secret) });
    expect(told).not.toHaveProperty("LATCHKEY_ASSERTION_SECRET_PREVIOUS");
  });

  test("is no other role's password where it is the portal, but that of the role which deletes what has aged", () => {
    const told = portalEnvironment({ ...SECRETS, DATABASE_VERIFIER_URL: "x", ...PLAIN }, URLS);
    expect(told).toMatchObject({ DATABASE_URL: URLS.portalUrl, LATCHKEY_SECRET: URLS.secret, OIDC_CLIENT_SECRET: "7" });
    expect(told).toMatchObject({ DATABASE_RETENTION_URL: URLS.retentionUrl });
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["DATABASE_OWNER_URL"]));
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["DATABASE_VERIFIER_URL"]));
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining(["REDIS_URL"]));
  });
});
