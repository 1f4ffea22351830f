import { connect } from "node:net";
import { Metadata, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { type CheckClient, checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { readResponse, writeRequest } from "./messages";

let installation: TestInstallation;
let at: TestPlane;
let envoy: CheckClient;
let token: Issued;

const bearer = () => ["Authorization", `Bearer ${token.secret}`];
const good = () => envoy.check(checkRequest({}, bearer()));
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 0,
    (error: { code: number }) => error.code,
  );

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira", "jira", {
    identity: "header",
    credentials: { basic: true, bearer: true, header: "X-My-Token", query: null },
  });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira], { adapter: "envoy" });
  await seedGateway(db, "nginx", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "far", GATEWAY_SECRET, [jira], { adapter: "envoy", peers: ["198.51.100.0/24"] });
  token = await seedToken(db, (await installation.person("Maria", ["api-users"])).id);
  at = await startPlane(database.verifierUrl, "v1");
  envoy = checkClient(`127.0.0.1:${at.grpcPort}`);
  await waitUntil("the token in memory", async () => ((await good()).status.code === 0 ? true : undefined));
});
afterAll(async () => {
  envoy.close();
  await at.stop();
  await installation.close();
});

describe("a question by gRPC", () => {
  test("is decided by the same list, and its answer says who it is and what must not go on", async () => {
    const lines = [
      ...bearer(),
      "X-Latchkey-User",
      "root",
      "X_Latchkey_User",
      "root",
      "Cookie",
      "a=b",
      "X-My-Token",
      "",
    ];
    const { okResponse } = await envoy.check(checkRequest({}, lines.slice(0, -2)));
    const set = Object.fromEntries(okResponse?.headers.map(({ header }) => [header.key, header.value]) ?? []);
    expect(set).toMatchObject({
      ...{ "x-latchkey-user": "Maria", "x-latchkey-groups": "api-users", "x-latchkey-token-id": token.id },
      ...{ "x-latchkey-assertion": "" },
    });
    expect(okResponse?.headersToRemove).toEqual(["authorization", "x_latchkey_user", "cookie"]);
    const own = await envoy.check(checkRequest({}, ["X-My-Token", token.secret]));
    expect(own.okResponse?.headersToRemove).toEqual(["x-my-token"]);
  });

  test("is counted, recorded and logged as one by HTTP is", async () => {
    const before = at.lines.length;
    const { deniedResponse } = await envoy.check(checkRequest({ method: "DELETE", path: "/rest/../x" }, bearer()));
    const { requestId } = JSON.parse(deniedResponse?.body ?? "");
    expect(at.lines.slice(before).join()).toContain(requestId);
    const metrics = await (await fetch(`http://127.0.0.1:${at.managementPort}/metrics`)).text();
    expect(metrics).toMatch(/^latchkey_decisions_total\{reason="allowed"\} [1-9]/m);
    expect(metrics).toMatch(/^latchkey_decisions_total\{reason="path_refused"\} [1-9]/m);
    const usage = await waitUntil("the use of the token", () =>
      installation.db.tokenUsage
        .findUnique({ where: { tokenId: token.id } })
        .then((row) => row?.lastUsedIp ?? undefined),
    );
    expect(usage).toBe("192.0.2.7");
    const contact = await waitUntil("the gateway's last contact", () =>
      installation.db.gatewayContact.findFirst({ where: { gatewayKey: "gw1" } }).then((row) => row ?? undefined),
    );
    expect(contact.lastAddress).toBe("127.0.0.1");
  });

  test("of duplicate Authorization lines, which Envoy joins by a comma, is refused as unreadable", async () => {
    const twice = checkRequest({}, [...bearer(), ...bearer()]);
    expect(JSON.stringify(twice)).toContain(`${token.secret},Bearer`);
    expect((await envoy.check(twice)).deniedResponse?.status.code).toBe(400);
    const beside = checkRequest({}, ["Authorization", "Negotiate AAAA", ...bearer()]);
    expect((await envoy.check(beside)).deniedResponse?.status.code).toBe(400);
  });
});

describe("a caller by gRPC that is no gateway of ours", () => {
  test.each([
    ["says nothing", () => new Metadata()],
    ["shows another secret", () => envoyMetadata({ "x-latchkey-gateway-key": "guess" })],
    ["is unknown", () => envoyMetadata({ "x-latchkey-gateway": "nobody" })],
    ["is a gateway of another kind", () => envoyMetadata({ "x-latchkey-gateway": "nginx" })],
    ["calls from elsewhere than it may", () => envoyMetadata({ "x-latchkey-gateway": "far" })],
    [
      "names itself twice",
      () => {
        const metadata = envoyMetadata();
        metadata.add("x-latchkey-gateway", "gw1");
        return metadata;
      },
    ],
    [
      "shows two secrets",
      () => {
        const metadata = envoyMetadata();
        metadata.add("x-latchkey-gateway-key", "guess");
        return metadata;
      },
    ],
  ])("and %s gets 403, whatever it asks", async (_what, metadata) => {
    const { status: rpc, deniedResponse } = await envoy.check(checkRequest({}, bearer()), metadata());
    expect([rpc.code, deniedResponse?.status.code]).toEqual([status.PERMISSION_DENIED, 403]);
    expect(JSON.parse(deniedResponse?.body ?? "")).toMatchObject({ code: "gateway_unauthorized" });
  });
});

describe("the gRPC port", () => {
  test("knows one method", async () => {
    for (const path of [
      "/envoy.service.auth.v3.Authorization/Other",
      "/envoy.service.auth.v2.Authorization/Check",
      "/x",
    ])
      expect(await codeOf(envoy.check(checkRequest({}, bearer()), undefined, path))).toBe(status.UNIMPLEMENTED);
  });

  test("reads no message above its limit", async () => {
    const large = checkRequest({}, [...bearer(), "X-Large", "x".repeat(60_000)]);
    expect((await envoy.check(large)).status.code).toBe(0);
    const larger = checkRequest({}, [...bearer(), "X-Large", "x".repeat(200_000)]);
    expect(await codeOf(envoy.check(larger))).toBe(status.RESOURCE_EXHAUSTED);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["no message", Buffer.from("hello")],
    ["a message cut off", writeRequest(checkRequest({}, ["a", "b"])).subarray(0, 30)],
    ["a length that is not there", Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    ["groups in groups without an end", Buffer.alloc(100_000, 0x0b)],
  ])("lets nothing pass for %s, and goes on living", async (_what, bytes) => {
    const answer = await envoy.send(bytes).catch(() => null);
    expect(answer === null || readResponse(answer).status.code > 0).toBe(true);
    expect((await good()).status.code).toBe(0);
  });

  test("takes a header for a header, whatever it is called", async () => {
    const bytes = writeRequest(checkRequest({}, [...bearer(), "__pr0t0__", "x", "constructor", "y"])).toString(
      "latin1",
    );
    const answer = await envoy.send(Buffer.from(bytes.replace("__pr0t0__", "__proto__"), "latin1"));
    expect(readResponse(answer).okResponse?.headersToRemove).toContain("authorization");
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ["HTTP/1.1", "GET /v1/authz/nginx/gw1 HTTP/1.1\r\nHost: x\r\n\r\n"],
    ["no protocol at all", "\u0016\u0003\u0001\u0000\u0000"],
    ["frames that make no sense", `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${"\u00ff".repeat(64)}`],
  ])("ends a connection that speaks %s, and goes on living", async (_what, bytes) => {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(at.grpcPort, "127.0.0.1", () => socket.end(Buffer.from(bytes, "latin1")));
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString("latin1");
      });
      socket.on("close", () => resolve(text));
      socket.on("error", () => undefined);
    });
    expect(said).not.toContain("200");
    expect((await good()).status.code).toBe(0);
  });

  test("answers many at once, good and bad, each its own", async () => {
    const calls = Array.from({ length: 300 }, (_, n) =>
      envoy.check(checkRequest({}, n % 2 ? bearer() : ["Authorization", `Bearer ${newSecret()}`])),
    );
    const statuses = (await Promise.all(calls)).map(({ status: { code } }) => code);
    expect(statuses.filter((_, n) => n % 2)).toEqual(Array.from({ length: 150 }, () => 0));
    expect(statuses.filter((code, n) => n % 2 === 0 && code === 0)).toEqual([]);
  });
});

test("no secret was logged", () => {
  expect(at.lines.join()).not.toContain(token.secret);
  expect(at.lines.join()).not.toContain(GATEWAY_SECRET);
});
