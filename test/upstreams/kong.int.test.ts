import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { forwardPrograms } from "#lib/gateways/forward-files";
import { readShippedForward } from "#lib/gateways/store-shipped";
import { tokenNames } from "#lib/gateways/token-names";
import type { Lines } from "./edge";
import { type KongOrders, type KongRequest, startKongLua } from "./kong-lua";
import { sentUri } from "./kong-paths";
import { ALLOW_TOKEN, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";

// What test/gateways, which holds the emulation of Kong to the promises of all gateways, has no row for.

type Lua = Awaited<ReturnType<typeof startKongLua>>;

const shipped = await readShippedForward();
const scripts = (port: number): Readonly<Record<"access" | "header_filter", string>> => {
  const verifier = { address: `127.0.0.1:${port}`, by: "clear" } as const;
  const facts = {
    gatewayKey: "gw1",
    verifier,
    applications: [{ key: "jira", routes: [{ host: "jira.corp", context: "" }] }],
    names: tokenNames([]),
    proxies: [],
  };
  const kong = forwardPrograms(shipped, facts).find(({ name }) => name === "Kong");
  const [{ config }] = parse(kong?.files[1]?.text ?? "").services[0].plugins;
  return { access: config.access[0], header_filter: config.header_filter[0] };
};

let verifier: ScriptedVerifier;
let lua: Lua;
beforeAll(async () => {
  verifier = await startScriptedVerifier();
  lua = await startKongLua(scripts(verifier.port));
});
afterAll(() => Promise.all([lua.stop(), verifier.stop()]));

const asked = (lines: Lines, differs: Partial<KongRequest> = {}): KongRequest => ({
  ...{ method: "GET", lines: [["host", "jira.corp"], ...lines], shared: "", route: "latchkey-api-host", ...differs },
  variables: {
    ...{ request_uri: "/x", args: "", is_args: "", upstream_uri: "/x", scheme: "https", remote_addr: "192.0.2.7" },
    ...differs.variables,
  },
});
const exits = (orders: KongOrders) => orders.filter(([order]) => order === "exit").map(([, status]) => status);
const cleared = (orders: KongOrders) => orders.flatMap(([order, name]) => (order === "clear" ? [name] : []));
const BEARER = ["authorization", "Bearer lk_1"] as const;

describe("the function for Kong", () => {
  test("tells the verifier what Kong will send, who asks and whence, and nothing that the client claims", async () => {
    verifier.say(ALLOW_TOKEN);
    verifier.take();
    const lies = [
      ["x-forwarded-for", "6.6.6.6"],
      ["x-forwarded-uri", "/other"],
      ["x_api_token", "lk_2"],
      ["x-latchkey-withholds", "x-other"],
      ["x-latchkey-gateway-key", "guess"],
      ["cookie", "c"],
    ] as const;
    const variables = { request_uri: "/a/../b?q=1", upstream_uri: "/b", args: "q=1", is_args: "?" };
    await lua.run("access", asked([BEARER, ...lies], { variables }));
    const [question] = verifier.take();
    expect([question?.method, question?.url]).toEqual(["GET", "/v1/authz/forward/gw1"]);
    expect(question?.headers).toMatchObject({
      ...{ "x-forwarded-uri": ["/b?q=1"], "x-forwarded-method": ["GET"], "x-forwarded-host": ["jira.corp"] },
      ...{ "x-forwarded-proto": ["https"], "x-forwarded-for": ["192.0.2.7"], authorization: ["Bearer lk_1"] },
      ...{ "x-latchkey-gateway-key": ["CHANGE-ME"], "x-latchkey-withholds": ["x-api-token"], cookie: ["withheld"] },
    });
    expect(question?.headers.x_api_token).toBeUndefined();
  });

  test("keeps a question mark with nothing behind it, as Kong does", async () => {
    verifier.take();
    await lua.run("access", asked([BEARER], { variables: { request_uri: "/x?" } }));
    const [question] = verifier.take();
    expect([question?.headers["x-forwarded-uri"], question?.headers.cookie]).toEqual([["/x?"], undefined]);
  });

  test("tells both lines of a header that came twice, which the verifier refuses", async () => {
    verifier.take();
    const twice = [BEARER, ["authorization", "Basic YTpi"], ["x-api-token", "a"], ["x-api-token", "b"]] as const;
    await lua.run("access", asked(twice));
    const [question] = verifier.take();
    expect(question?.headers).toMatchObject({
      ...{ authorization: ["Bearer lk_1", "Basic YTpi"], "x-api-token": ["a", "b"] },
    });
  });

  test("takes away every spelling of our names and what is named in Connection, whether it asks or not", async () => {
    verifier.say(ALLOW_TOKEN);
    const claims = ["x-latchkey-user", "x_latchkey_user", "x-latchkey_user", "connection", "x-real-ip", "proxy"];
    const lines = claims.map((name) => [name, "x-latchkey-groups"] as const);
    for (const route of ["latchkey-api-host", "latchkey-main-host"]) {
      const orders = await lua.run("access", asked(lines, { route }));
      expect(cleared(orders)).toEqual(expect.arrayContaining(claims));
      expect(exits(orders)).toEqual([]);
    }
  });

  test("refuses what has more headers than Kong would tell it, and methods that nobody needs, without a question", async () => {
    verifier.take();
    const many = Array.from({ length: 1_001 }, (_, n) => [`x-${n}`, "1"] as const);
    expect(exits(await lua.run("access", asked(many)))).toEqual(["431"]);
    for (const method of ["TRACE", "TRACK", "CONNECT"])
      expect(exits(await lua.run("access", asked([BEARER], { method })))).toEqual(["405"]);
    expect(verifier.take()).toEqual([]);
  });

  test("lets nothing pass for an answer that no verifier gives, or for a class that it does not know", async () => {
    const answers: readonly { status: number; headers: Record<string, string> }[] = [
      { status: 200, headers: {} },
      { status: 200, headers: { "X-Latchkey-Auth": "somethingNew" } },
      { status: 204, headers: { "X-Latchkey-Auth": "token" } },
      { status: 302, headers: { Location: "/" } },
      { status: 403, headers: {} },
      { status: 500, headers: { "X-Latchkey-Request-Id": "1" } },
    ];
    for (const answer of answers) {
      verifier.say(answer);
      const orders = await lua.run("access", asked([BEARER]));
      expect([answer, exits(orders)]).toEqual([answer, ["503"]]);
      expect(orders.filter(([order]) => order === "set")).toEqual([]);
    }
  });

  test("is asked about by every route but the one of the main host, and there about credentials", async () => {
    verifier.say(ALLOW_TOKEN);
    const questions = async (route: string, lines: Lines) => {
      verifier.take();
      await lua.run("access", asked(lines, { route }));
      return verifier.take().length;
    };
    expect(await questions("somebody's own", [])).toBe(1);
    expect(await questions("latchkey-main-host", [])).toBe(0);
    expect(await questions("latchkey-main-host", [BEARER])).toBe(1);
  });

  test("fails where it may not load what it asks with: Kong answers 500 then", async () => {
    const { access, header_filter } = scripts(verifier.port);
    const other = await startKongLua({ access: access.replace("resty.http", "resty.other"), header_filter });
    const orders = await other.run("access", asked([BEARER])).finally(() => other.stop());
    expect(orders).toEqual([["failed", expect.stringContaining("not allowed within sandbox")]]);
  });

  test("hides a session beside a token alone", async () => {
    expect(await lua.run("header_filter", asked([], { shared: "token" }))).toEqual([["hide", "Set-Cookie"]]);
    expect(await lua.run("header_filter", asked([]))).toEqual([]);
  });
});

test("the emulation of Kong sends paths as its sources resolve and escape them", () => {
  const pairs = [
    ...[
      ["/", "/"],
      ["//", "/"],
      ["/a//b/", "/a/b/"],
      ["/a/./b", "/a/b"],
      ["/a/b/..", "/a/"],
      ["/a/../../b", "/b"],
    ],
    ...[
      ["/%2e%2e/a", "/a"],
      ["/a%2f%2Fb", "/a%2F%2Fb"],
      ["/a%20b", "/a%20b"],
      ["/a b", "/a%20b"],
      ["/ä", "/%C3%A4"],
      ["/a;b=c", "/a;b=c"],
    ],
  ];
  for (const [path = "", sent] of pairs) expect([path, sentUri(path)]).toEqual([path, sent]);
});
