import { once } from "node:events";
import { connect, type TLSSocket } from "node:tls";
import { credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { type Certificate, openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate, type Pem } from "#test/certificates";
import { checkClient, checkRequest } from "#test/check-client";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

const folder = certificateFolder();
const path = (name: string) => folder.path(name);
const log = createLog("error", { write: () => undefined }, Date.now);
let [own, next, gateway, stranger]: Pem[] = [];
let installation: TestInstallation;
let certificate: Certificate;
let at: TestPlane;
let token: Issued;

beforeAll(async () => {
  [own, next, gateway, stranger] = await Promise.all(Array.from({ length: 4 }, newCertificate));
  folder.write({ "cert.pem": own?.cert ?? "", "key.pem": own?.key ?? "", "ca.pem": gateway?.cert ?? "" });
  certificate = openCertificate({ cert: path("cert.pem"), key: path("key.pem"), clientCa: path("ca.pem") }, log);
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  await seedGateway(db, "nginx", GATEWAY_SECRET, [jira]);
  await seedGateway(db, "gw1", GATEWAY_SECRET, [jira], { adapter: "envoy" });
  token = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
  at = await startPlane(database.verifierUrl, "v1", 10, { certificate });
});
afterAll(async () => {
  await at.stop();
  await installation.close();
  folder.remove();
});

const bearer = () => ["Authorization", `Bearer ${token.secret}`];

/** Opens a connection that believes one certificate alone. Rejects where the handshake does not come about. */
async function open(shown: Pem | undefined, believed = own): Promise<TLSSocket> {
  const mine = shown === undefined ? {} : { cert: shown.cert, key: shown.key };
  const socket = connect({ port: at.port, host: "127.0.0.1", ca: believed?.cert, servername: "localhost", ...mine });
  await once(socket, "secureConnect");
  return socket;
}

/** Asks on a connection. @returns the status; rejects when it is closed instead */
function ask(socket: TLSSocket): Promise<number> {
  const lines = [
    "GET /v1/authz/nginx/nginx HTTP/1.1",
    "Host: verifier",
    ...asNginx({ Authorization: `Bearer ${token.secret}` }),
  ];
  return new Promise((resolve, reject) => {
    socket.once("data", (chunk: Buffer) => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString())?.[1])));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed")));
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  });
}

const asked = async (shown: Pem | undefined, believed = own) => {
  const socket = await open(shown, believed);
  try {
    return await ask(socket);
  } finally {
    socket.destroy();
  }
};

const checked = async (shown: Pem | undefined, believed = own) => {
  const pem = (text: string | undefined) => (text === undefined ? null : Buffer.from(text));
  const secured = credentials.createSsl(pem(believed?.cert), pem(shown?.key), pem(shown?.cert));
  const envoy = checkClient(`localhost:${at.grpcPort}`, secured);
  try {
    return (await envoy.check(checkRequest({}, bearer()))).status.code;
  } finally {
    envoy.close();
  }
};

describe("a verifier with a certificate", () => {
  test("says so in its addresses, and answers who shows one that it believes, by HTTP and by gRPC", async () => {
    expect([at.plane.addresses.verifier, at.plane.addresses.grpc]).toEqual([
      expect.stringMatching(/^https:/),
      expect.stringMatching(/^grpcs:/),
    ]);
    await waitUntil("it allows", async () => ((await asked(gateway)) === 200 ? true : undefined));
    await waitUntil("it allows by gRPC", async () => ((await checked(gateway)) === 0 ? true : undefined));
  });

  test("answers nobody in clear, without a certificate, or with a stranger's", async () => {
    expect(await askPlane(at.port)).toMatchObject({ status: 0, body: "" });
    for (const shown of [undefined, stranger]) {
      await expect(asked(shown)).rejects.toThrow();
      await expect(checked(shown)).rejects.toThrow();
    }
  });

  test("changes it without ending a connection, for HTTP and gRPC alike", async () => {
    const before = await open(gateway);
    expect(await ask(before)).toBe(200);
    folder.write({ "cert.pem": next?.cert ?? "", "key.pem": next?.key ?? "" });
    certificate.reload();
    expect(await ask(before)).toBe(200);
    before.destroy();
    await expect(asked(gateway, own)).rejects.toThrow();
    expect(await asked(gateway, next)).toBe(200);
    expect(await checked(gateway, next)).toBe(0);
  });

  test("believes a gateway no more once its authority is gone from the file", async () => {
    folder.write({ "ca.pem": stranger?.cert ?? "" });
    certificate.reload();
    await expect(asked(gateway, next)).rejects.toThrow();
    await expect(checked(gateway, next)).rejects.toThrow();
    expect(await asked(stranger, next)).toBe(200);
  });
});
