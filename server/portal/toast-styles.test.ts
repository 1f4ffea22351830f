import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./headers";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("the policy lets exactly the style through that the installed version of sonner makes", () => {
  const entrance = createRequire(import.meta.url).resolve("sonner");
  const source = readFileSync(join(dirname(entrance), "index.mjs"), "utf8");
  const literal = /^__insertCSS\((".*")\);?$/m.exec(source)?.[1];
  expect(literal).toBeDefined();
  const styles = contentSecurityPolicy("n", true)
    .split("; ")
    .find((part) => part.startsWith("style-src "));
  expect(styles?.split(" ").slice(1)).toEqual([
    "'self'",
    "'nonce-n'",
    hashOf(""),
    hashOf(runInNewContext(literal ?? "")),
  ]);
});
