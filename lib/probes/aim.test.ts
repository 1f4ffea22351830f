import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aimAt, doorAt, doorText, usualUrl } from "./aim";

const ROUTES = [
  { host: "tools.corp", context: "/jira" },
  { host: "jira.corp", context: "" },
  { host: "[2001:db8::5]", context: "" },
  { host: "xn--bcher-kva.example", context: "" },
];
const aim = (text: string) => {
  const read = aimAt(ROUTES, text);
  return read.ok ? read.value : read.refusal;
};
const WRONG = { code: "invalid_input", errors: [{ path: "url" }] };

describe("where an application is asked", () => {
  it.each([
    ["https://jira.corp", { secure: true, host: "jira.corp", port: 443, origin: "https://jira.corp", context: "" }],
    ["https://jira.corp/", { origin: "https://jira.corp", context: "" }],
    [" HTTPS://JIRA.corp.:443 ", { secure: true, origin: "https://jira.corp", port: 443 }],
    ["http://jira.corp:8080", { secure: false, port: 8080, origin: "http://jira.corp:8080" }],
    ["http://jira.corp", { secure: false, port: 80, origin: "http://jira.corp" }],
    ["https://tools.corp/jira/", { host: "tools.corp", context: "/jira" }],
    ["https://[2001:DB8:0::5]:8443", { host: "[2001:db8::5]", port: 8443, origin: "https://[2001:db8::5]:8443" }],
    ["https://bücher.example:8443/", { host: "xn--bcher-kva.example", origin: "https://xn--bcher-kva.example:8443" }],
  ])("%s is one of its routes", (text, read) => expect(aim(text)).toMatchObject(read));

  it.each([
    "https://evil.corp",
    "https://jira.corp.evil.com",
    "https://jira.corp@evil.com",
    "https://jira.corp:x@evil.com/",
    "https://jira.corp\\@evil.com",
    "https://evil.com#jira.corp",
    "https://evil.com?jira.corp",
    "https://jira.corp/admin",
    "https://jira.corp/?x=1",
    "https://tools.corp",
    "https://tools.corp/jira/../x",
    "https://jira.corp:0",
    "https://jira.corp:",
    "https://jira.corp:65536",
    "https://jira.corp:443:80",
    "https://127.0.0.1",
    "https://[::1]",
    "https://jira.corp\r\nHost: evil",
    "ftp://jira.corp",
    "file:///etc/passwd",
    "gopher://jira.corp",
    "//jira.corp",
    "jira.corp",
    "",
  ])("%s is not", (text) => expect(aim(text)).toMatchObject(WRONG));

  it("whatever is typed, nothing but a host of its own comes out of it", () => {
    const hosts = ROUTES.map(({ host }) => host);
    const odd = fc.string({ unit: fc.constantFrom(..."htps:/@#?\\.jiracorp[]%0 "), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(odd, fc.string()), fc.boolean(), (text, prefixed) => {
        const read = aimAt(ROUTES, prefixed ? `https://jira.corp${text}` : text);
        return !read.ok || (hosts.includes(read.value.host) && read.value.port > 0 && read.value.port < 65_536);
      }),
      { numRuns: 150 },
    );
  });

  it("is its first route by https unless somebody says otherwise", () => {
    expect(usualUrl(ROUTES)).toBe("https://tools.corp/jira");
    expect(usualUrl([])).toBeNull();
  });
});

describe("the application's own address", () => {
  it.each([
    ["10.0.0.5:8080", "10.0.0.5:8080"],
    [" Jira.Internal.:8080 ", "jira.internal:8080"],
    ["[::1]:8080", "[::1]:8080"],
  ])("%s is host and port", (text, read) => {
    const door = doorAt(text);
    expect(door.ok && doorText(door.value)).toBe(read);
  });

  it.each(["10.0.0.5", "10.0.0.5:0", "10.0.0.5:99999", ":8080", "http://10.0.0.5:8080", "a b:80", "a:80/x", "::1:80"])(
    "%s is not",
    (text) => {
      const read = doorAt(text);
      expect(read.ok ? null : read.refusal).toMatchObject({ code: "invalid_input", errors: [{ path: "upstream" }] });
    },
  );
});
