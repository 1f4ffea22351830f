import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { certificateFolder, newCertificate, type Pem } from "#test/certificates";
import { openCertificate } from "./certificate";
import { StartFailure } from "./start-failure";

const folder = certificateFolder();
const files = { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined };
let [one, two]: Pem[] = [];
let lines: string[] = [];
const log = createLog("debug", { write: (line) => lines.push(line) }, () => 0);
const open = (some = {}) => openCertificate({ ...files, ...some }, log);
const present = (pem: Pem | undefined) => folder.write({ "cert.pem": pem?.cert ?? "", "key.pem": pem?.key ?? "" });
const why = (some = {}): string => {
  try {
    open(some);
  } catch (thrown) {
    if (thrown instanceof StartFailure) return thrown.message;
    throw thrown;
  }
  throw new Error("It opened");
};

beforeAll(async () => {
  [one, two] = await Promise.all([newCertificate(), newCertificate()]);
});
beforeEach(() => {
  lines = [];
  present(one);
});
afterAll(folder.remove);

describe("a certificate that cannot be used ends the start with one sentence", () => {
  test("when a file is not there, by variable and path", () => {
    for (const [name, variable] of [
      ["cert", "VERIFIER_TLS_CERT"],
      ["key", "VERIFIER_TLS_KEY"],
      ["clientCa", "VERIFIER_TLS_CLIENT_CA"],
    ] as const) {
      expect(why({ [name]: "/nowhere.pem" })).toMatch(
        new RegExp(`^${variable} names /nowhere\\.pem, .*ENOENT[^\\n]*\\.$`),
      );
    }
  });

  test("when it is not what it should be", () => {
    folder.write({ "other.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "empty.pem": "" });
    for (const name of ["other.pem", "empty.pem"]) {
      expect(why({ cert: folder.path(name) })).toContain("holds no certificate");
      expect(why({ clientCa: folder.path(name) })).toContain("VERIFIER_TLS_CLIENT_CA");
      expect(why({ key: folder.path(name) })).toContain("holds no private key");
    }
  });

  test("when the key has a passphrase, or is another certificate's", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const locked = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
    folder.write({ "key.pem": String(locked) });
    expect(why()).toContain("without a passphrase");
    folder.write({ "key.pem": two?.key ?? "" });
    expect(why()).toContain("is not the key of the first certificate");
    expect(why()).not.toContain("PRIVATE KEY");
  });
});

describe("a certificate that changes", () => {
  test("is told once, and what is no good is told once and leaves the one before", () => {
    const certificate = open();
    const now = () => certificate.options().cert;
    certificate.reload();
    expect(lines).toEqual([]);
    folder.write({ "cert.pem": two?.cert ?? "" });
    certificate.reload();
    certificate.reload();
    expect(now()).toBe(one?.cert);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("verifier.certificate_refused");
    present(two);
    certificate.reload();
    expect(now()).toBe(two?.cert);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("verifier.certificate_changed");
  });
});
