import { describe, expect, test } from "vitest";
import { redact } from "#lib/redaction";
import { checkSecret, digestOf } from "#lib/tokens/secret";
import { gatewaySecretDigest, newGatewaySecret } from "./secret";

describe("a gateway's secret", () => {
  test("can never be taken for a token, whatever prefix tokens have", () => {
    for (const prefix of ["lk", "gateway", "ga", "Gateway"]) {
      expect(checkSecret(newGatewaySecret(), { prefix, retiredPrefixes: ["gateway"] })).toBe("not ours");
    }
  });

  test("is kept as the digest that the verifier compares with", () => {
    const secret = newGatewaySecret();
    expect(gatewaySecretDigest(secret).toString("hex")).toBe(digestOf(secret));
  });

  test("has 256 random bits, fits a header and a configuration file as it is, and is another each time", () => {
    const secrets = Array.from({ length: 100 }, newGatewaySecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(secret).toMatch(/^gateway-[0-9a-f]{64}$/);
  });

  test("does not stand in a log that quotes it", () => {
    const secret = newGatewaySecret();
    for (const text of [`X-Latchkey-Gateway-Key: ${secret}`, `the secret ${secret} is wrong`, secret.slice(0, 40)]) {
      expect(redact(text)).not.toContain(secret.slice(8, 30));
    }
  });

  test("is not seen where a gateway is only named", () => {
    for (const text of ["gateway-1 answers", "gateway-cafe is up", "gateway-0190d4a5-0000-7000-8000-0000000000b1"]) {
      expect(redact(text)).toBe(text);
    }
  });
});
