import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generatedSecret, secretThere } from "./secret";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-secret-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the secret of an installation", () => {
  test("is made once, 256 random bits, and stays", () => {
    const secret = generatedSecret(folder);
    expect(Buffer.from(secret, "base64")).toHaveLength(32);
    expect(generatedSecret(folder)).toBe(secret);
    const other = mkdtempSync(join(folder, "other-"));
    expect(generatedSecret(other)).not.toBe(secret);
  });

  test("can be read by its owner only, and leaves nothing beside it", () => {
    generatedSecret(folder);
    expect(statSync(join(folder, "secret")).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["secret"]);
  });

  test("is looked for without making one", () => {
    expect(secretThere(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
    expect(secretThere(folder)).toBeUndefined();
    expect(generatedSecret(folder)).toBe(secretThere(folder));
  });

  test("that somebody put there is used as it is", () => {
    writeFileSync(join(folder, "secret"), "put-there-by-an-operator-32-characters\n");
    expect(generatedSecret(folder)).toBe("put-there-by-an-operator-32-characters");
  });
});
