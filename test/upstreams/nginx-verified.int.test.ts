import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { REASONS } from "#lib/verification/reasons";
import { bearer, patiently } from "../gateways/place";
import { startTap, type Tap } from "../gateways/tap";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { startJira } from "./jira";
import { type Nginx, startNginx } from "./nginx";
import { API_HOST, MAIN_HOST } from "./nginx-site";
import type { Upstream } from "./recorder";
import { waitUntil } from "./wait-until";

// Two applications with an upstream each, told apart on one address and port by server_name alone, and one verifier.

const SIX = "[2001:db8::1]";
const PATH = "/rest/api/2/myself";
const [GET, OLD] = [`GET ${PATH} HTTP/1.1`, "old-name.corp"];

let town: {
  readonly installation: TestInstallation;
  readonly plane: TestPlane;
  readonly tap: Tap;
  readonly jira: Upstream;
  readonly wiki: Upstream;
  readonly nginx: Nginx;
  readonly tokens: Readonly<Record<"both" | "jira" | "wiki", Issued>>;
};

beforeAll(async () => {
  const installation = await createInstallation();
  const { db, database, person } = installation;
  const at = (hosts: readonly string[]) => ({
    ...{ identity: "header" as const, routes: { create: hosts.map((host) => ({ host, context: "" })) } },
  });
  const applications = [
    await seedApplication(db, "jira", "jira", at([API_HOST, MAIN_HOST, OLD])),
    await seedApplication(db, "wiki", "jira", at(["wiki.corp", "wiki-main.corp", SIX])),
  ];
  await seedGateway(db, "gw1", GATEWAY_SECRET, applications, { adapter: "nginx" });
  const { id } = await person("maria", ["api-users"]);
  const only = (key: string) => seedToken(db, id, { allApplications: false, applications: [key] });
  const tokens = { both: await seedToken(db, id), jira: await only("jira"), wiki: await only("wiki") };
  const plane = await startPlane(database.verifierUrl, "v1");
  const [tap, jira, wiki] = await Promise.all([startTap(plane.port), startJira(), startJira()]);
  const upstreamPort = wiki.port;
  const nginx = await startNginx({
    ...{ verifierPorts: [tap.port], gatewaySecret: GATEWAY_SECRET, upstreamPort: jira.port },
    others: [
      { address: API_HOST, host: "wiki.corp", upstreamPort },
      { address: API_HOST, host: SIX, upstreamPort },
      { address: MAIN_HOST, host: "wiki-main.corp", upstreamPort, attachment: "main-host" },
    ],
    furtherNames: [[MAIN_HOST, OLD]],
  });
  town = { installation, plane, tap, jira, wiki, nginx, tokens };
});
afterAll(async () => {
  const { nginx, tap, jira, wiki, plane, installation } = town;
  await Promise.all([nginx.stop(), tap.stop(), jira.stop(), wiki.stop(), plane.stop()]);
  await installation.close();
});
beforeEach(() => {
  for (const each of [town.tap, town.jira, town.wiki]) each.take();
});

const asking = (address: string, lines: readonly string[]) => patiently(address, town.nginx.port)(lines);
const hostsOf = (upstream: Upstream) => upstream.take().map(({ headers }) => headers.host?.join());
const told = () => town.tap.take().map(({ headers }) => headers["x-original-host"]?.join());

describe.each([
  ["the API host", API_HOST, "wiki.corp"],
  ["the main host", MAIN_HOST, "wiki-main.corp"],
])("on the address of %s", (_attachment, address, other) => {
  test("each name leads to its own application, which both verifier and application are told", async () => {
    const { tokens, jira, wiki } = town;
    for (const [own, mine, theirs, upstream] of [
      [address, tokens.jira, tokens.wiki, jira],
      [other, tokens.wiki, tokens.jira, wiki],
    ] as const)
      for (const lines of [
        [GET, `Host: ${own}:8443`],
        [GET, `Host: ${own.toUpperCase()}.:8443`],
        [`GET http://${own}:1${PATH} HTTP/1.1`, `Host: ${own}:8443`],
      ]) {
        expect([lines, (await asking(address, [...lines, bearer(mine)])).status]).toEqual([lines, 200]);
        expect(told()).toEqual([`${own}:8443`]);
        expect(hostsOf(upstream)).toEqual([`${own}:8443`]);
        const refused = await asking(address, [...lines, bearer(theirs)]);
        expect([refused.status, JSON.parse(refused.body).code]).toEqual([403, "application_refused"]);
        told();
      }
    expect([jira.take(), wiki.take()]).toEqual([[], []]);
  });

  test("a Host line that says another than the request line, or none of ours, is refused unasked with a sentence", async () => {
    const { tokens, jira, wiki } = town;
    for (const lines of [
      [`GET http://${other}${PATH} HTTP/1.1`, `Host: ${address}`],
      [`GET http://${address}${PATH} HTTP/1.1`, `Host: ${other}`],
      [GET, "Host: elsewhere.corp"],
      [GET, `Host: ${address}.corp`],
      [`GET http://elsewhere.corp${PATH} HTTP/1.1`, `Host: ${address}`],
    ])
      for (const token of Object.values(tokens)) {
        const { status, headers, body } = await asking(address, [...lines, bearer(token)]);
        expect([lines, status, headers["content-type"]]).toEqual([lines, 421, ["application/problem+json"]]);
        const { sentence: detail, help } = REASONS.application_unknown;
        expect(JSON.parse(body)).toMatchObject({ status: 421, title: "Misdirected Request", detail });
        expect(JSON.parse(body)).toMatchObject({ type: expect.stringContaining(`#${help}`) });
      }
    expect([told(), jira.take(), wiki.take()]).toEqual([[], [], []]);
  });
});

test("the log names the host of who is refused for it", async () => {
  await asking(API_HOST, [GET, "Host: logged.corp:8443", bearer(town.tokens.jira)]);
  const line = await waitUntil("it is logged", () => /^.*logged\.corp.*$/m.exec(town.nginx.accesses())?.[0]);
  expect(line).toMatch(/" 421 .* reason=application_unknown .* host="logged\.corp:8443"$/);
});

test("a host may be an address in brackets", async () => {
  const { tokens, wiki } = town;
  expect((await asking(API_HOST, [GET, `Host: ${SIX}:8443`, bearer(tokens.wiki)])).status).toBe(200);
  expect([told(), hostsOf(wiki)]).toEqual([[`${SIX}:8443`], [`${SIX}:8443`]]);
});

test("who says no host at all, as HTTP/1.0 may, means the first server block of the address", async () => {
  const said = await waitUntil("it is decided", async () => {
    const socket = connect(town.nginx.port, API_HOST);
    socket.write(`GET ${PATH} HTTP/1.0\r\n${bearer(town.tokens.jira)}\r\n\r\n`);
    const all = await text(socket);
    return all.includes("cannot be checked") ? undefined : all;
  });
  expect(said).toMatch(/^HTTP\/1\.1 200 /);
  expect(hostsOf(town.jira)).toEqual([API_HOST]);
});

test("a further name counts where latchkey.conf says whose it is", async () => {
  const { tokens, jira } = town;
  expect((await asking(MAIN_HOST, [GET, `Host: ${OLD}`, bearer(tokens.jira)])).status).toBe(200);
  expect([told(), hostsOf(jira)]).toEqual([[OLD], [OLD]]);
  expect((await asking(API_HOST, [GET, `Host: ${OLD}`, bearer(tokens.jira)])).status).toBe(421);
});

test("all that nginx takes the verifier can read, up to 60 KB of headers in 500 lines; more is refused with a sentence", async () => {
  const { tokens, jira, plane } = town;
  const own = [GET, `Host: ${API_HOST}`, bearer(tokens.jira)];
  const long = [1, 2].map((n) => `X-Long-${n}: ${"a".repeat(30_600)}`);
  const lines = (count: number) => Array.from({ length: count }, (_, n) => `X-Short-${n}: 1`);
  const three = (bytes: number) => [1, 2, 3].map((n) => `X-Long-${n}: ${"a".repeat(bytes)}`);
  for (const more of [long, three(19_900), lines(450)])
    expect((await asking(API_HOST, [...own, ...more])).status).toBe(200);
  jira.take();
  const before = plane.lines.length;
  const { status, headers, body } = await asking(API_HOST, [...own, ...lines(600)]);
  expect([status, headers["content-type"]]).toEqual([400, ["application/problem+json"]]);
  const { sentence: detail } = REASONS.request_unreadable;
  expect(JSON.parse(body)).toMatchObject({ status: 400, code: "request_unreadable", detail });
  expect((await asking(API_HOST, [...own, ...long, ...long])).status).toBe(400);
  const tooMuch = await asking(API_HOST, [...own, ...three(25_000)]);
  expect([tooMuch.status, JSON.parse(tooMuch.body)]).toMatchObject([431, { code: "request_unreadable" }]);
  expect(jira.take()).toEqual([]);
  expect(plane.lines.slice(before).filter((line) => JSON.parse(line).level === "error")).toEqual([]);
});

test("on the main host a browser is not asked which name it uses", async () => {
  expect((await asking(MAIN_HOST, ["GET / HTTP/1.1", "Host: jira:8443"])).status).toBe(200);
  expect([told(), hostsOf(town.jira)]).toEqual([[], ["jira:8443"]]);
});
