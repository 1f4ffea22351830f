import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { type CheckClient, checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { rawRequest } from "#test/upstreams/raw-request";
import { waitUntil } from "#test/upstreams/wait-until";

const [TRACE, SPAN, OTHER] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "b7ad6b7169203331"];
const PARENT = `00-${TRACE}-${SPAN}-01`;
const READ = { trace_id: TRACE, span_id: SPAN };
/** One that nobody need look up: a busy machine has no deadline to miss. */
const BROKEN = `Bearer ${newSecret().slice(0, -1)}`;
const CALLER = `Authorization: Basic ${Buffer.from(`app:${GATEWAY_SECRET}`).toString("base64")}`;

let installation: TestInstallation;
let at: TestPlane;
let envoy: CheckClient;
let secret: string;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira", "jira", { identity: "header" });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "app", GATEWAY_SECRET, [jira], { adapter: "api" });
  await seedGateway(db, "envoy", GATEWAY_SECRET, [jira], { adapter: "envoy" });
  secret = (await seedToken(db, (await installation.person("Maria", ["api-users"])).id)).secret;
  at = await startPlane(database.verifierUrl, "v1");
  envoy = checkClient(`127.0.0.1:${at.grpcPort}`);
});
afterAll(async () => {
  envoy.close();
  await at.stop();
  await installation.close();
});

type Line = Readonly<Record<string, unknown>>;
const linesAfter = (before: number): Line[] => at.lines.slice(before).map((line) => JSON.parse(line));

/** The line about what is asked: asked again where a second had more refusals than are written. */
const lineOf = (ask: () => Promise<unknown>): Promise<Line> =>
  waitUntil("a line about the refusal", async () => {
    const before = at.lines.length;
    await ask();
    return linesAfter(before).find(({ requestId }) => requestId !== undefined);
  });

const post = (url: string, type: string, body: string) =>
  rawRequest(
    { address: "127.0.0.1", port: at.port },
    [`POST ${url} HTTP/1.1`, CALLER, `Content-Type: ${type}`, `traceparent: ${PARENT}`],
    body,
  );
const asked = (lines: readonly string[], some: Readonly<Record<string, string>> = {}) =>
  rawRequest({ address: "127.0.0.1", port: at.port }, [
    "GET /v1/authz/nginx/gw1 HTTP/1.1",
    ...asNginx({ Authorization: BROKEN, ...some }),
    ...lines,
  ]);

describe("the line about a refusal", () => {
  test("says to which trace and span the request belongs", async () => {
    expect(await lineOf(() => asked([`Traceparent: ${PARENT}`, "tracestate: a=b"]))).toMatchObject({
      ...{ event: "verification.refused", reason: "token_malformed", ...READ },
    });
  });

  test("says so too where the gateway itself is refused, and where the request cannot be read", async () => {
    const stranger = await lineOf(() => asked([`traceparent: ${PARENT}`], { "X-Latchkey-Gateway-Key": "no" }));
    expect(stranger).toMatchObject({ event: "verification.gateway_unauthorized", ...READ });
    const unreadable = await lineOf(() => asked([`traceparent: ${PARENT}`], { "X-Original-Proto": "gopher" }));
    expect(unreadable).toMatchObject({ reason: "request_unreadable", ...READ });
  });

  test("says so of who asks for itself, by the call's own header", async () => {
    const request = { method: "GET", uri: "/rest", host: "jira.corp", proto: "https", clientIp: "192.0.2.7" };
    const body = JSON.stringify({ ...request, headers: { authorization: BROKEN } });
    expect(await lineOf(() => post("/v1/verify", "application/json", body))).toMatchObject(READ);
    const form = `token=${BROKEN.slice(7)}`;
    expect(await lineOf(() => post("/oauth2/introspect", "application/x-www-form-urlencoded", form))).toMatchObject(
      READ,
    );
  });

  test("says of a question by gRPC the client's span, or Envoy's where it traces", async () => {
    const told = checkRequest({}, ["authorization", BROKEN, "traceparent", PARENT]);
    const named = { "x-latchkey-gateway": "envoy" };
    expect(await lineOf(() => envoy.check(told, envoyMetadata(named)))).toMatchObject(READ);
    const traces = { ...named, traceparent: `00-${TRACE}-${OTHER}-01` };
    expect(await lineOf(() => envoy.check(told, envoyMetadata(traces)))).toMatchObject({ ...READ, span_id: OTHER });
  });

  test.each([
    ["no header", []],
    ["two headers", [`traceparent: ${PARENT}`, `Traceparent: ${PARENT}`]],
    ["two headers that differ", [`traceparent: ${PARENT}`, `traceparent: 00-${TRACE}-${OTHER}-01`]],
    ["zeros", [`traceparent: 00-${"0".repeat(32)}-${SPAN}-01`]],
    ["upper case", [`traceparent: ${PARENT.toUpperCase()}`]],
    ["what is no trace", ['traceparent: ","level":"error","x":"hostile']],
    ["8 KB", [`traceparent: ${PARENT}${"-hostile".repeat(1_024)}`]],
    ["another alphabet", [`traceparent: 00-${TRACE.replace("4", "\u0664")}-${SPAN}-01`]],
  ])("says nothing of a trace for %s, and the refusal is the same", async (_what, lines) => {
    const line = await lineOf(() => asked(lines));
    expect(line).toMatchObject({ reason: "token_malformed" });
    expect(Object.keys(line).filter((name) => /^(trace|span)/.test(name))).toEqual([]);
    expect(at.lines.join()).not.toContain("hostile");
  });
});

test("a request that is allowed leaves no line, whatever it says of its trace", async () => {
  const good = () => asked([`traceparent: ${PARENT}`, `traceparent: ${PARENT}`], { Authorization: `Bearer ${secret}` });
  await waitUntil("the token in memory", async () => ((await good()).status === 200 ? true : undefined));
  const before = at.lines.length;
  expect((await good()).status).toBe(200);
  expect(linesAfter(before).filter(({ requestId }) => requestId !== undefined)).toEqual([]);
});
