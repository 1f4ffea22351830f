import { expect, test } from "vitest";
import { parse } from "yaml";
import * as behind from "./behind-proxies";
import { forwardPrograms } from "./forward-files";
import { readShippedEnvoy, readShippedForward } from "./store-shipped";
import { tokenNames } from "./token-names";

const shipped = await readShippedForward();
const { http } = await readShippedEnvoy();
const PROXIES = ["10.0.0.0/8", "2001:db8::/32"];
const EACH = [
  [behind.caddyBehind, shipped.caddy],
  [behind.haproxyBehind, shipped.haproxy],
  [behind.apacheBehind, shipped.apache],
  [behind.traefikStartBehind, shipped.traefikStart],
  [behind.traefikBehind, shipped.traefik],
  [behind.envoyHttpBehind, http],
] as const;

test("without proxies every file stays as it is shipped, and with some none does", () => {
  for (const [fill, text] of EACH) {
    expect(fill(text, [])).toBe(text);
    expect(fill(text, PROXIES)).not.toBe(text);
  }
});

test("a file that has no place for it is not filled in silently", () => {
  for (const [fill] of EACH) expect(() => fill("", PROXIES)).toThrow("no place for");
});

test("both attachments of a program name the proxies", () => {
  expect(
    behind.caddyBehind(shipped.caddy, PROXIES).match(/trusted_proxies 10\.0\.0\.0\/8 2001:db8::\/32/g),
  ).toHaveLength(3);
  expect(behind.haproxyBehind(shipped.haproxy, PROXIES).match(/acl in-front src 10\.0\.0\.0\/8/g)).toHaveLength(2);
  expect(behind.apacheBehind(shipped.apache, PROXIES).match(/-R '2001:db8::\/32'/g)).toHaveLength(2);
});

test("HAProxy takes 64 words in a line, however many proxies there are", () => {
  const many = Array.from({ length: 500 }, (_, n) => `10.${n >> 8}.${n & 255}.0/24`);
  const text = behind.haproxyBehind(shipped.haproxy, many);
  for (const line of text.split("\n").filter((each) => each.includes("acl in-front")))
    expect(line.trim().split(" ").length).toBeLessThan(60);
  for (const each of many) expect(text).toContain(each);
});

test("Traefik believes the proxies at its entry, and of them the list alone", () => {
  const start = parse(behind.traefikStartBehind(shipped.traefikStart, PROXIES));
  expect(start.entryPoints.websecure.forwardedHeaders).toEqual({ trustedIPs: PROXIES });
  const { middlewares } = parse(behind.traefikBehind(shipped.traefik, PROXIES)).http;
  expect(middlewares["latchkey-ask"].forwardAuth.trustForwardHeader).toBe(true);
  const none = { "X-Forwarded-Method": "", "X-Forwarded-Uri": "", "X-Forwarded-Host": "" };
  expect(middlewares["latchkey-clean"].headers.customRequestHeaders).toMatchObject(none);
});

test("the portal fills them in where the gateway trusts proxies", () => {
  const verifier = { address: "127.0.0.1:3001", by: "clear" } as const;
  const facts = {
    gatewayKey: "gw1",
    verifier,
    applications: [{ key: "jira", routes: [{ host: "jira.corp", context: "" }] }],
    names: tokenNames([]),
  };
  const changed = (proxies: readonly string[]) =>
    forwardPrograms(shipped, { ...facts, proxies })
      .filter(({ tellsOne }) => !tellsOne)
      .map(({ files }) => files.some(({ text }) => text.includes("10.0.0.0/8")));
  expect(changed(PROXIES)).toEqual([true, true, true, true]);
  expect(changed([])).toEqual([false, false, false, false]);
});
