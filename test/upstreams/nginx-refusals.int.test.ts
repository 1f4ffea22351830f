import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { UNAUTHENTICATED } from "#lib/verification/reason";
import { REASONS } from "#lib/verification/reasons";
import { startJira } from "./jira";
import { type Nginx, startNginx } from "./nginx";
import { API_HOST } from "./nginx-site";
import { rawRequest } from "./raw-request";
import type { Upstream } from "./recorder";
import { ALLOW_TOKEN, allowClass, refusal, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";

let verifier: ScriptedVerifier;
let jira: Upstream;
let nginx: Nginx;
const ask = () => rawRequest({ address: API_HOST, port: nginx.port }, ["GET /rest/api/2/myself HTTP/1.1"]);

beforeAll(async () => {
  verifier = await startScriptedVerifier();
  jira = await startJira();
  nginx = await startNginx({
    verifierPorts: [verifier.port],
    gatewaySecret: "s",
    upstreamPort: jira.port,
    portalUrl: "https://latchkey.example.com",
  });
});
afterAll(() => Promise.all([nginx.stop(), jira.stop(), verifier.stop()]));
beforeEach(() => void jira.take());

describe("a refusal reaches the person as the verifier meant it", () => {
  test.each([
    [400, "invalid_request", "Send exactly one"],
    [403, "write_refused", "may only read"],
    [403, "password_blocked", "Create a token in Latchkey"],
    [429, "rate_limited", ""],
    [503, "facts_unavailable", "try again"],
  ])("%i %s, with its sentence, request id and help page", async (status, reason, words) => {
    verifier.say(refusal(status, reason));
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers["content-type"]).toEqual(["application/problem+json"]);
    expect(answer.headers["x-latchkey-request-id"]).toEqual(["req-3"]);
    expect(answer.headers["cache-control"]).toEqual(["no-store"]);
    const problem = JSON.parse(answer.body);
    expect(problem).toMatchObject({ status, requestId: "req-3" });
    expect(problem.title).not.toBe("");
    expect(problem.detail).toContain(words);
    expect(problem.type).toMatch(/^https:\/\/latchkey\.example\.com\/help\/refusals#[a-z-]+$/);
    expect(jira.take()).toEqual([]);
  });

  test("nothing but the request id of the verifier's own headers is passed on", async () => {
    verifier.say(refusal(403, "write_refused"));
    const names = Object.keys((await ask()).headers).filter((name) => name.startsWith("x-latchkey"));
    expect(names).toEqual(["x-latchkey-request-id"]);
  });

  test("429 says when to come back", async () => {
    verifier.say(refusal(429, "rate_limited", { "Retry-After": "7", RateLimit: '"token";r=0;t=7' }));
    const answer = await ask();
    expect(answer.headers["retry-after"]).toEqual(["7"]);
    expect(answer.headers.ratelimit).toEqual(['"token";r=0;t=7']);
  });

  test("401 carries one challenge, Basic first, and the same bytes for every reason", async () => {
    const bodies = new Set<string>();
    for (const reason of ["token_unknown", "token_expired", "token_revoked", "owner_inactive", "token_malformed"]) {
      verifier.say(refusal(401, reason));
      const answer = await ask();
      expect(answer.status).toBe(401);
      expect(answer.headers["www-authenticate"]).toHaveLength(1);
      expect(answer.headers["www-authenticate"]?.[0]).toMatch(/^Basic realm=/);
      bodies.add(answer.body);
    }
    expect(bodies.size).toBe(1);
    expect(JSON.parse([...bodies][0] ?? "")).toEqual({
      type: `https://latchkey.example.com/help/refusals#${REASONS.token_unknown.help}`,
      title: UNAUTHENTICATED.title,
      status: 401,
      code: UNAUTHENTICATED.code,
      detail: UNAUTHENTICATED.sentence,
      requestId: "req-3",
    });
  });

  test("a reason that this configuration does not know yet is still a readable problem", async () => {
    verifier.say(refusal(403, "reason_of_next_year"));
    const answer = await ask();
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body).detail).not.toBe("");
  });
});

describe("nothing passes without a clear yes", () => {
  const { Authorization: _, ...headers } = ALLOW_TOKEN.headers;
  test.each([
    ["a redirect", { status: 302, headers: { Location: "/" } }],
    ["404", { status: 404 }],
    ["500", { status: 500 }],
    ["200 that does not say what the request carried", { status: 200, headers: { ...headers, "X-Latchkey-Auth": "" } }],
    ["200 for a class that does not exist", allowClass("somethingNew")],
    ["200 with an answer too large", { status: 200, headers: { ...headers, "X-Latchkey-Groups": "g".repeat(70_000) } }],
    ["silence", "silence"],
  ] as const)("%s from the verifier is 503", async (_name, answer) => {
    verifier.say(answer);
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(JSON.parse(refused.body)).toMatchObject({ status: 503, detail: REASONS.undecided.sentence });
    expect(refused.headers["retry-after"]).toEqual(["5"]);
    expect(jira.take()).toEqual([]);
  });
});

describe("what is too large to be asked about", () => {
  const get = "GET /rest/api/2/myself HTTP/1.1";

  test("is refused by nginx, and all that it takes the verifier is asked about", async () => {
    verifier.say(ALLOW_TOKEN);
    const to = { address: API_HOST, port: nginx.port };
    const takes = Array.from({ length: 2 }, (_, n) => `X-Long-${n}: ${"a".repeat(29_000)}`);
    expect((await rawRequest(to, [get, ...takes])).status).toBe(200);
    jira.take();
    for (const lines of [[...takes, ...takes], [`X-Long: ${"a".repeat(40_000)}`]]) {
      const { status, body } = await rawRequest(to, [get, ...lines]);
      expect([status, body]).toEqual([400, expect.stringContaining("Request Header Or Cookie Too Large")]);
    }
    expect((await rawRequest(to, [`GET /${"a".repeat(40_000)} HTTP/1.1`])).status).toBe(414);
    expect(jira.take()).toEqual([]);
  });

  test("is said to be that where the verifier finds it so, and not to be tried again", async () => {
    verifier.say({ status: 431 });
    const { status, headers, body } = await ask();
    expect([status, headers["content-type"], headers["retry-after"]]).toEqual([
      ...[431, ["application/problem+json"], undefined],
    ]);
    expect(JSON.parse(body)).toMatchObject({ status: 431, detail: expect.stringContaining("Send fewer or shorter") });
    expect(jira.take()).toEqual([]);
  });
});

test("an absent verifier is 503, a second one takes over, and its return needs nothing", async () => {
  const first = await startScriptedVerifier();
  const second = await startScriptedVerifier();
  const pair = await startNginx({
    verifierPorts: [first.port, second.port],
    gatewaySecret: "s",
    upstreamPort: jira.port,
  });
  const through = () => rawRequest({ address: API_HOST, port: pair.port }, ["GET / HTTP/1.1"]);
  await first.stop();
  for (let count = 0; count < 4; count++) expect((await through()).status).toBe(200);
  await second.stop();
  expect((await through()).status).toBe(503);
  await pair.stop();
});
