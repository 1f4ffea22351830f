import { afterAll, beforeAll, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { type CheckClient, checkClient, checkRequest, envoyMetadata } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { makeDirectory } from "#test/upstreams/workspace";

const directory = makeDirectory("grpc-socket");
let installation: TestInstallation;
let at: TestPlane;
let envoy: CheckClient;
let token: Issued;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira], { adapter: "envoy" });
  await seedGateway(db, "far", GATEWAY_SECRET, [jira], { adapter: "envoy", peers: ["0.0.0.0/0", "::/0"] });
  token = await seedToken(db, (await installation.person("maria", ["api-users"])).id, { access: "read" });
  at = await startPlane(database.verifierUrl, "v1", 10, { verifier: { bind: `unix:${directory.path}`, port: 0 } });
  envoy = checkClient(at.plane.addresses.grpc);
});
afterAll(async () => {
  envoy.close();
  await at.stop();
  await installation.close();
  directory.remove();
});

/** The status that the client would get; 200 where the request goes on. Again while a busy machine is late. */
const asked = (lines: readonly string[], gateway: Readonly<Record<string, string>> = {}, method = "GET") =>
  waitUntil("a decision", async () => {
    const answer = await envoy.check(checkRequest({ method }, lines), envoyMetadata(gateway));
    const status = answer.deniedResponse?.status.code ?? (answer.status.code === 0 ? 200 : 0);
    return status === 503 ? undefined : status;
  });
const bearer = (secret: string) => ["Authorization", `Bearer ${secret}`];

test("a gateway that asks by gRPC on the verifier's socket is on this machine, and is answered like all others", async () => {
  expect(at.plane.addresses.grpc).toBe(`unix:${directory.path}/grpc.sock`);
  expect(await asked(bearer(token.secret))).toBe(200);
  expect(await asked(bearer(token.secret), {}, "DELETE")).toBe(403);
  expect(await asked(bearer(newSecret()))).toBe(401);
  const contact = await waitUntil("the gateway's last contact", () =>
    installation.db.gatewayContact.findFirst({ where: { gatewayKey: "gw1" } }).then((row) => row ?? undefined),
  );
  expect(contact.lastAddress).toBe("local");
});

test("who may call from certain addresses only, or shows another secret, is refused there too", async () => {
  expect(await asked(bearer(token.secret), { "x-latchkey-gateway": "far" })).toBe(403);
  expect(await asked(bearer(token.secret), { "x-latchkey-gateway-key": "guess" })).toBe(403);
});
