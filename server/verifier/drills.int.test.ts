import { Agent, request } from "node:https";
import { TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { rotateGatewaySecret } from "#lib/gateways/commands/rotate-secret";
import { PREVIOUS_MS } from "#lib/gateways/secret";
import { outputOf } from "#test/api";
import { certificateFolder, newCertificate } from "#test/certificates";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, asNginx, decided, GATEWAY_SECRET, startPlane } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { underLoad } from "#test/under-load";
import { waitUntil } from "#test/upstreams/wait-until";
import { buildVerifier, type VerifierProgram } from "#test/verifier-program";

let installation: TestInstallation;
let program: VerifierProgram;
let authorization: string;

beforeAll(async () => {
  installation = await createInstallation();
  program = await buildVerifier();
  const { db, person } = installation;
  const jira = await seedApplication(db, "jira");
  for (const key of ["gw1", "rotated"]) await seedGateway(db, key, GATEWAY_SECRET, [jira]);
  authorization = `Bearer ${(await seedToken(db, (await person("maria", ["api-users"])).id)).secret}`;
});
afterAll(async () => {
  await program.close();
  await installation.close();
});

test("a gateway's secret is rotated while requests come by: both are good to the old one's end, then the new one alone", async () => {
  const { port, stop } = await startPlane(installation.database.verifierUrl, "v1");
  const asked = async (secret: string) => {
    const sentAt = Date.now();
    const headers = { "X-Latchkey-Gateway-Key": secret, Authorization: authorization };
    const { status } = await askPlane(port, headers, "/v1/authz/nginx/rotated");
    return { secret, status, sentAt, answeredAt: Date.now() };
  };
  const said = (secret: string, wanted: number) =>
    waitUntil(`it says ${wanted}`, async () => ((await asked(secret)).status === wanted ? true : undefined));
  const { id } = await installation.db.gateway.findUniqueOrThrow({ where: { key: "rotated" } });
  const rotated = async (at: number) => outputOf(execute(installation.db, rotateGatewaySecret, operator(), { id }, at));
  await said(GATEWAY_SECRET, 200);

  let used = [GATEWAY_SECRET];
  let turn = 0;
  const ask = () => {
    turn += 1;
    const secret = used[turn % used.length] ?? "";
    return decided(() => asked(secret));
  };
  const { answers, done } = await underLoad(ask, async (more) => {
    const second = await rotated(Date.now());
    await said(second.secret, 200);
    used = [GATEWAY_SECRET, second.secret];
    await more();
    used = [second.secret];
    await more();
    // As a day ago, but for a second.
    const third = await rotated(Date.now() - PREVIOUS_MS + 1_000);
    await said(third.secret, 200);
    used = [second.secret, third.secret];
    const end = Date.parse(third.previousUntil ?? "");
    await waitUntil("the end of the second", () => Date.now() >= end || undefined);
    const known = Date.now();
    expect((await decided(() => asked(GATEWAY_SECRET))).status).toBe(403);
    return { ends: second.secret, end, known };
  });
  await stop();
  const { ends, end, known } = done;
  const late = answers.filter(({ secret, sentAt }) => secret === ends && sentAt >= known);
  expect(late.length).toBeGreaterThan(0);
  expect(late.filter(({ status }) => status !== 403)).toEqual([]);
  const good = answers.filter(({ secret, answeredAt }) => secret !== ends || answeredAt < end);
  expect(good.filter(({ status }) => status !== 200)).toEqual([]);
});

/** Asks over TLS. @returns the status, the certificate that was shown, and whether the connection was there before */
function askTls(port: number, agent: Agent) {
  const lines = asNginx({ Authorization: authorization }).map((line) => line.split(/: (.*)/, 2));
  const at = { port, host: "127.0.0.1", servername: "localhost", path: "/v1/authz/nginx/gw1" };
  return new Promise<{ status: number; shown: string | undefined; isKept: boolean }>((resolve, reject) => {
    const asked = request(
      { ...at, agent, rejectUnauthorized: false, headers: Object.fromEntries(lines) },
      (response) => {
        const { socket } = response;
        const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.toString().trim() : undefined;
        response
          .resume()
          .once("end", () => resolve({ status: response.statusCode ?? 0, shown, isKept: asked.reusedSocket }));
      },
    );
    asked.once("error", reject).end();
  });
}

test("the verifier's certificate is replaced while connections stay and new ones come: every request is answered", async () => {
  const files = certificateFolder();
  const [before, after] = [await newCertificate(), await newCertificate()];
  files.write({ "cert.pem": before.cert, "key.pem": before.key });
  const verifier = await program.start("v2", {
    DATABASE_VERIFIER_URL: installation.database.verifierUrl,
    ...{ VERIFIER_TLS_CERT: files.path("cert.pem"), VERIFIER_TLS_KEY: files.path("key.pem") },
  });
  const agents = {
    kept: new Agent({ keepAlive: true, maxSockets: 2, maxCachedSessions: 0 }),
    resumed: new Agent({ keepAlive: false }),
    anew: new Agent({ keepAlive: false, maxCachedSessions: 0 }),
  };
  const names = ["kept", "resumed", "anew"] as const;
  const by = async (how: keyof typeof agents) => ({
    how,
    ...(await askTls(verifier.port, agents[how])),
  });
  await waitUntil("it allows", async () => ((await by("kept")).status === 200 ? true : undefined));
  let turn = 0;
  const ask = () => {
    turn += 1;
    const how = names[turn % names.length] ?? "anew";
    return decided(() => by(how));
  };
  const { answers, done: later } = await underLoad(ask, async (more) => {
    files.write({ "cert.pem": after.cert });
    verifier.signal("SIGHUP"); // in between: the key is still the old one's
    await more();
    files.write({ "key.pem": after.key });
    verifier.signal("SIGHUP");
    await waitUntil("the new one is shown", async () =>
      (await by("anew")).shown === after.cert.trim() ? true : undefined,
    );
    await more();
    return turn;
  });
  for (const agent of Object.values(agents)) agent.destroy();
  await verifier.kill();
  files.remove();
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  const since = answers.slice(later);
  expect(since.filter(({ how, isKept }) => (how === "kept") !== isKept)).toEqual([]);
  const shown = since.flatMap((each) => (each.how === "anew" ? [each.shown] : []));
  expect(new Set(shown)).toEqual(new Set([after.cert.trim()]));
});
