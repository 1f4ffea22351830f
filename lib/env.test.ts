import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAddress } from "#lib/networks/address";
import { inRanges } from "#lib/networks/range-set";
import { readConfiguration, VARIABLES } from "./env";

const SECRET = "0123456789abcdef0123456789abcdef";

function read(variables: Record<string, string>) {
  const result = readConfiguration(variables);
  if (!result.ok) throw new Error(result.refusal.detail);
  return result.value;
}

function refusal(variables: Record<string, string>): string {
  const result = readConfiguration(variables);
  return result.ok ? "accepted" : result.refusal.detail;
}

describe("the configuration", () => {
  test("needs nothing: everything on this machine, with an embedded database", () => {
    expect(read({})).toMatchObject({
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      databaseVerifierUrl: undefined,
      dataFolder: resolve("data"),
      url: "http://localhost:3000",
      portal: { bind: "127.0.0.1", port: 3000 },
      verifier: { bind: "127.0.0.1", port: 3001 },
      management: { bind: "127.0.0.1", port: 3002 },
      verifierPlaintext: false,
      verifierWorkers: 1,
      boundSeconds: 10,
      logLevel: "info",
    });
  });

  test("takes an empty value, as compose files write it, for none", () => {
    expect(readConfiguration(Object.fromEntries(VARIABLES.map((name) => [name, " "])))).toEqual(readConfiguration({}));
  });

  test("gives owner and verifier the portal's database where they have none of their own", () => {
    const url = "postgresql://portal:secret@db/latchkey";
    expect(read({ DATABASE_URL: url })).toMatchObject({ databaseOwnerUrl: url, databaseVerifierUrl: url });
    const own = "postgres://verifier@db/latchkey";
    expect(read({ DATABASE_URL: url, DATABASE_VERIFIER_URL: own })).toMatchObject({ databaseVerifierUrl: own });
    expect(read({ DATABASE_VERIFIER_URL: own })).toMatchObject({ databaseUrl: undefined, databaseVerifierUrl: own });
  });

  test("follows the portal's port in its address", () => {
    expect(read({ PORTAL_PORT: "8080" }).url).toBe("http://localhost:8080");
  });

  test.each([
    ["https://tokens.example.com/", "https://tokens.example.com"],
    ["https://Tokens.Example.com:8443", "https://tokens.example.com:8443"],
    ["http://localhost:4000", "http://localhost:4000"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
    ["http://127.9.9.9", "http://127.9.9.9"],
    ["http://[::1]:4000", "http://[::1]:4000"],
    ["http://latchkey.localhost", "http://latchkey.localhost"],
  ])("accepts %s as the address of the portal", (url, origin) => {
    expect(read({ LATCHKEY_URL: url }).url).toBe(origin);
  });

  test.each([
    "http://tokens.example.com",
    "http://localhost.example.com",
    "http://10.0.0.1",
    "http://127.0.0.1.nip.io",
    "http://[::ffff:10.0.0.1]",
    "https://tokens.example.com/portal",
    "https://tokens.example.com/?a=b",
    "https://user:pass@tokens.example.com",
    "tokens.example.com",
    "ftp://tokens.example.com",
    "javascript:alert(1)",
  ])("refuses %s as the address of the portal", (url) => {
    expect(refusal({ LATCHKEY_URL: url })).toMatch(/^LATCHKEY_URL must .*\.$/);
  });

  test("says why a plain address is only for this machine", () => {
    expect(refusal({ LATCHKEY_URL: "http://tokens.example.com" })).toBe(
      "LATCHKEY_URL must begin with https:// because tokens.example.com is not this machine: passwords and tokens would travel in clear.",
    );
  });

  test.each([
    ["DATABASE_URL", "mysql://db/latchkey"],
    ["DATABASE_OWNER_URL", "db.example.com"],
    ["DATABASE_VERIFIER_URL", "postgresql:"],
    ["LATCHKEY_SECRET", "short"],
    ["LATCHKEY_ASSERTION_SECRET", "x".repeat(44)],
    ["PORTAL_PORT", "65536"],
    ["PORTAL_PORT", "-1"],
    ["VERIFIER_PORT", "tcp://10.0.0.1:3001"],
    ["MANAGEMENT_PORT", "3002.5"],
    ["GRPC_PORT", "x"],
    ["PORTAL_BIND", "tokens.example.com"],
    ["PORTAL_BIND", "unix:/run"],
    ["VERIFIER_BIND", "unix:relative"],
    ["MANAGEMENT_BIND", "010.0.0.1"],
    ["VERIFIER_WORKERS", "0"],
    ["VERIFIER_WORKERS", "1000"],
    ["VERIFIER_NAME", "two words"],
    ["VERIFIER_NAME", "a/1"],
    ["VERIFIER_PLAINTEXT", "yes"],
    ["CONFIRMATION_BOUND_SECONDS", "61"],
    ["CONFIRMATION_BOUND_SECONDS", "0"],
    ["CONFIRMATION_BOUND_SECONDS", "1e1"],
    ["LOG_LEVEL", "verbose"],
    ["VERIFIER_TLS_CLIENT_CA", "/tls/ca.pem"],
    ["REDIS_URL", "cache:6379"],
    ["REDIS_URL", "http://cache"],
    ["REDIS_URL", "redis:///0"],
    ["REDIS_URL", "rediss://cache/limits"],
    ["SMTP_URL", "smtp://mail"],
  ])("refuses %s=%s in one sentence that names the variable", (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name} [^\\n]*\\.$`));
  });

  test.each(["redis://cache", "redis://:pw@127.0.0.1:6380/", "rediss://user:p%40w@[::1]:6379/15"])(
    "takes %s for where verifiers share what they count",
    (url) => {
      expect(read({ REDIS_URL: url }).redisUrl).toBe(url);
      expect(read({}).redisUrl).toBeUndefined();
    },
  );

  test("never repeats a password", () => {
    const password = "correct-horse-battery-staple";
    for (const name of ["DATABASE_URL", "DATABASE_OWNER_URL", "LATCHKEY_SECRET", "REDIS_URL", "SMTP_URL"]) {
      expect(refusal({ [name]: `x://user:${password}@[` })).not.toContain(password);
    }
  });

  test.each(["0.0.0.0", "::", "10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1"])(
    "lets the verifier answer other machines at %s only when somebody says that clear text is meant",
    (bind) => {
      expect(refusal({ VERIFIER_BIND: bind })).toContain("VERIFIER_PLAINTEXT=true");
      expect(read({ VERIFIER_BIND: bind, VERIFIER_PLAINTEXT: "true" }).verifier.bind).toBe(bind);
      expect(read({ PORTAL_BIND: bind, MANAGEMENT_BIND: bind }).portal.bind).toBe(bind);
    },
  );

  test.each(["127.0.0.1", "127.0.0.2", "::1", "localhost", "unix:/run/latchkey"])(
    "asks nothing more of a verifier at %s",
    (bind) => {
      expect(read({ VERIFIER_BIND: bind }).verifier.bind).toBe(bind);
    },
  );

  test("lets the verifier answer other machines by TLS, and asks their certificates where it is told whose", () => {
    const files = { VERIFIER_TLS_CERT: "/tls/cert.pem", VERIFIER_TLS_KEY: "tls/key.pem" };
    const { verifier, verifierTls } = read({ VERIFIER_BIND: "0.0.0.0", ...files });
    expect(verifier.bind).toBe("0.0.0.0");
    expect(verifierTls).toEqual({ cert: "/tls/cert.pem", key: resolve("tls/key.pem"), clientCa: undefined });
    expect(read({ ...files, VERIFIER_TLS_CLIENT_CA: "/tls/ca.pem" }).verifierTls).toMatchObject({
      clientCa: "/tls/ca.pem",
    });
    expect(read({}).verifierTls).toBeNull();
  });

  test("refuses half a certificate, one in clear, and one on a socket", () => {
    const [cert, key] = [{ VERIFIER_TLS_CERT: "/c" }, { VERIFIER_TLS_KEY: "/k" }];
    for (const half of [cert, key]) expect(refusal(half)).toContain("belong together");
    expect(refusal({ VERIFIER_TLS_CLIENT_CA: "/a" })).toContain("VERIFIER_TLS_CERT and VERIFIER_TLS_KEY");
    expect(refusal({ ...cert, ...key, VERIFIER_PLAINTEXT: "true" })).toContain("contradict");
    expect(refusal({ ...cert, ...key, VERIFIER_BIND: "unix:/run/latchkey" })).toContain("remove one of them");
  });

  test("wants four different ports, or any free ones", () => {
    for (const same of [{ PORTAL_PORT: "3001" }, { VERIFIER_PORT: "3003" }, { GRPC_PORT: "3002" }])
      expect(refusal(same)).toContain("four different ports");
    expect(read({ PORTAL_PORT: "0", VERIFIER_PORT: "0", MANAGEMENT_PORT: "0" }).portal.port).toBe(0);
  });

  test("knows no previous secret without a present one", () => {
    expect(refusal({ LATCHKEY_SECRET_PREVIOUS: SECRET })).toContain("LATCHKEY_SECRET");
    expect(read({ LATCHKEY_SECRET: SECRET, LATCHKEY_SECRET_PREVIOUS: SECRET }).previousSecret).toBe(SECRET);
  });

  test("is refused or read, and never thrown at, whatever stands in it", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...VARIABLES), fc.string()), (variables) => {
        const result = readConfiguration(variables);
        expect(result.ok || VARIABLES.some((name) => result.refusal.detail.startsWith(name))).toBe(true);
      }),
    );
  });
});

describe("trusted proxies", () => {
  test("are nobody by default", () => {
    const { ranges } = read({}).trustedProxies;
    for (const address of ["127.0.0.1", "::1", "10.0.0.1"]) expect(trusts(ranges, address)).toBe(false);
  });

  test("are ranges and a hop count", () => {
    const { ranges, hops } = read({ TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.7 ,2001:db8::/32;hops=2" }).trustedProxies;
    expect(hops).toBe(2);
    for (const address of ["10.1.2.3", "192.0.2.7", "2001:db8::9"]) expect(trusts(ranges, address)).toBe(true);
    for (const address of ["11.0.0.1", "192.0.2.8", "2001:db9::9"]) expect(trusts(ranges, address)).toBe(false);
  });

  test("come one after the other where no count is given", () => {
    expect(read({ TRUSTED_PROXIES: "10.0.0.0/8" }).trustedProxies.hops).toBe(1);
  });

  test.each([
    "10.0.0.0/33",
    "proxy",
    "10.0.0.0/8;hops=0",
    "10.0.0.0/8;hops=x",
    "10.0.0.0/8;hops=1;hops=2",
    ";hops=1",
    "10.0.0.1/8",
  ])("%s is refused", (value) => {
    expect(refusal({ TRUSTED_PROXIES: value })).toMatch(/^TRUSTED_PROXIES must/);
  });
});

function trusts(ranges: Parameters<typeof inRanges>[0], text: string): boolean {
  const address = parseAddress(text);
  if (address === null) throw new Error(`${text} is no address`);
  return inRanges(ranges, address);
}
