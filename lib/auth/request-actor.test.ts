import { beforeAll, describe, expect, test } from "vitest";
import { PEER_HEADER } from "./peer-header";
import { actorOfRequest, addressOf, viewerOfHeaders } from "./request-actor";

const PORTAL = "https://tokens.example.com";
const COOKIE = "__Host-latchkey.session";

beforeAll(() => {
  // Nothing listens there: whoever is judged without a credential needs no database.
  process.env.DATABASE_URL = "postgresql://portal@127.0.0.1:1/latchkey";
  process.env.LATCHKEY_SECRET = "0123456789abcdef0123456789abcdef";
  process.env.LATCHKEY_URL = PORTAL;
});

const asked = async (headers: Record<string, string>, wants = { changes: true, visitors: true }) => {
  const actor = await actorOfRequest(new Request(`${PORTAL}/api/v1/groups`, { method: "POST", headers }), wants);
  return actor.ok ? actor.value.kind : actor.refusal.code;
};

describe("a change without a token", () => {
  test("is taken from the portal's own pages", async () => {
    expect(await asked({ origin: PORTAL })).toBe("visitor");
    expect(await asked({ origin: PORTAL, "sec-fetch-site": "same-origin" })).toBe("visitor");
  });

  test.each<[string, Record<string, string>]>([
    ["without an origin", {}],
    ["of another site", { origin: "https://evil.example" }],
    ["of another port", { origin: `${PORTAL}:8443` }],
    ["in clear", { origin: PORTAL.replace("https", "http") }],
    ["of a name that begins alike", { origin: `${PORTAL}.evil.example` }],
    ["of a sandbox", { origin: "null" }],
    ["of several origins", { origin: `${PORTAL}, https://evil.example` }],
    ["with a path behind the origin", { origin: `${PORTAL}/` }],
    ["of a sister site", { origin: PORTAL, "sec-fetch-site": "same-site" }],
    ["of elsewhere, though it claims our origin", { origin: PORTAL, "sec-fetch-site": "cross-site" }],
    ["typed by hand", { origin: PORTAL, "sec-fetch-site": "none" }],
    ["whose only witness is the referrer", { referer: `${PORTAL}/tokens` }],
  ])("%s is refused before anybody is looked up", async (_what, headers) => {
    expect(await asked({ ...headers, cookie: `${COOKIE}=whatever` })).toBe("foreign_origin");
  });
});

describe("somebody without a credential", () => {
  test("is a visitor where visitors may come, and nobody elsewhere", async () => {
    expect(await asked({ origin: PORTAL }, { changes: true, visitors: false })).toBe("unauthenticated");
    expect(await asked({}, { changes: false, visitors: false })).toBe("unauthenticated");
    expect(await asked({}, { changes: false, visitors: true })).toBe("visitor");
  });

  test("may read from anywhere: an origin protects changes", async () => {
    expect(await asked({ origin: "https://evil.example" }, { changes: false, visitors: true })).toBe("visitor");
  });

  test("is led to no look that the log notes by a page of another site", async () => {
    const noted = { changes: false, visitors: true, noted: true as const };
    expect(await asked({ "sec-fetch-site": "cross-site", cookie: `${COOKIE}=whatever` }, noted)).toBe("foreign_origin");
    for (const site of ["same-origin", "same-site", "none"]) {
      expect(await asked({ "sec-fetch-site": site }, noted)).toBe("visitor");
    }
    expect(await asked({}, noted)).toBe("visitor");
  });

  test("is known by address and browser, the browser cut to what a row holds", async () => {
    const request = new Request(PORTAL, { headers: { [PEER_HEADER]: "192.0.2.9", "user-agent": "x".repeat(999) } });
    const actor = await actorOfRequest(request, { changes: false, visitors: true });
    expect(actor).toMatchObject({ value: { kind: "visitor", address: "192.0.2.9", userAgent: "x".repeat(300) } });
  });

  test.each([
    ["an empty cookie", `${COOKIE}=`],
    ["the cookie twice", `${COOKIE}=a; ${COOKIE}=b`],
    ["the cookie of plain http", "latchkey.session=sealed"],
    ["the cookie without its prefix, as a sister site could set it", "Host-latchkey.session=sealed"],
    ["a cookie in other letters", `${COOKIE.toUpperCase()}=sealed`],
  ])("is whoever sends %s", async (_what, cookie) => {
    expect(await viewerOfHeaders(new Headers({ cookie }))).toBeNull();
    expect(await asked({ origin: PORTAL, cookie }, { changes: true, visitors: false })).toBe("unauthenticated");
  });
});

test("the address is the one our listener saw, and not what clients say", () => {
  const said = { "x-forwarded-for": "203.0.113.1", "x-real-ip": "203.0.113.1", forwarded: "for=203.0.113.1" };
  expect(addressOf(new Headers(said))).toBe("unknown");
  expect(addressOf(new Headers({ ...said, [PEER_HEADER]: "192.0.2.9" }))).toBe("192.0.2.9");
});

test("a credential that cannot be looked up is an outage, never a visitor", async () => {
  const credentials: Record<string, string>[] = [
    { authorization: "Bearer lk_x" },
    { authorization: "" },
    { cookie: `${COOKIE}=sealed`, origin: PORTAL },
  ];
  for (const headers of credentials) await expect(asked(headers)).rejects.toThrow();
});
