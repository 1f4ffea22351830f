import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { REASONS } from "#lib/verification/reasons";
import { type CommandLine, commandLineOf } from "#test/command-line";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET } from "#test/plane";
import { explainedById, sceneOf } from "#test/remedies";
import { Followed } from "#test/remedies-followed";
import { REMEDIES_OF_VERIFIERS, type ReasonOfVerifier, type Stage } from "#test/remedies-of-verifiers";
import type { Replacement } from "#test/replaced-text";
import { seedApplication, seedGateway } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";

const LOG = join(tmpdir(), `latchkey-remedies-${process.pid}.log`);

const BLOCKED = { password: "block", foreignBearer: "block", oauth1: "block", otherScheme: "block", none: "block" };

let installation: TestInstallation;
let latchkey: CommandLine;
let today: VerifierProgram;
const programs: VerifierProgram[] = [];
let wire: DatabaseProxy;
let userId: string;
let applicationId: string;
let verifier: VerifierProcess | undefined;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database, person } = installation;
  await person("root", ["admins"]);
  userId = (await person("maria", ["api-users"])).id;
  applicationId = await seedApplication(db, "jira", "jira", { rules: BLOCKED });
  await seedGateway(db, "gw1", GATEWAY_SECRET, [applicationId]);
  latchkey = await commandLineOf(installation);
  wire = await DatabaseProxy.open(database.verifierUrl);
  today = await built([]);
});
afterAll(async () => {
  for (const program of programs) await program.close();
  await wire.close();
  await installation.close();
  rmSync(LOG, { force: true });
});
beforeEach(() => {
  wire.resume();
  writeFileSync(LOG, "");
});

async function built(mistake: readonly Replacement[]): Promise<VerifierProgram> {
  const program = await buildVerifier(mistake);
  programs.push(program);
  return program;
}

async function begin(env: Readonly<Record<string, string>> = {}, mistake: readonly Replacement[] = []) {
  await verifier?.kill();
  const program = mistake.length === 0 ? today : await built(mistake);
  verifier = await program.start("v1", { DATABASE_VERIFIER_URL: wire.url, LOG_LEVEL: "info", ...env }, LOG);
  const { managementPort } = verifier;
  await waitUntil("a verifier that can decide", async () =>
    (await fetch(`http://127.0.0.1:${managementPort}/readyz`)).ok ? true : undefined,
  );
  return verifier;
}

const stage = (): Stage => ({
  ...sceneOf(installation, latchkey, { userId, username: "maria", applicationId }),
  ...{ wire, begin, log: () => readFileSync(LOG, "utf8") },
  ask: async (secret) => {
    const { status, headers } = await askPlane(verifier?.port ?? 0, { Authorization: `Bearer ${secret}` });
    return { status, requestId: headers["x-latchkey-request-id"]?.[0] ?? "" };
  },
  derive: async () => String((await latchkey(["key", "derive", "--purpose", "assertion"])).said.secret),
});

const CODES = Object.keys(REMEDIES_OF_VERIFIERS) as ReasonOfVerifier[];
const WAYS = CODES.flatMap((code) =>
  [REMEDIES_OF_VERIFIERS[code]].flat().map((row, n) => ({ ...row, code, way: `way ${n + 1}` })),
);

const followed = new Followed();

describe("a refusal that a verifier brought about, and that was mended there as Explain says, is one no more:", () => {
  test.each(WAYS)("$code, $way", async ({ code, follows, provoke }) => {
    const on = stage();
    await on.application({ identity: "none" });
    const { ask, mend } = await provoke(on);
    const { requestId, remedy } = await waitUntil(`the refusal ${code}`, async () => {
      const refused = await ask();
      if (refused.status !== REASONS[code].status) return undefined;
      const told = await explainedById(installation, refused.requestId);
      return told.reason === code ? { requestId: refused.requestId, remedy: told.remedy } : undefined;
    });
    followed.note(code, follows, remedy);
    const secret = await mend(requestId);
    await waitUntil(`${code} is mended`, async () => ((await on.ask(secret)).status === 200 ? true : undefined));
  });
});

test("whatever Explain can say of these was done by one of them", () => expect(followed.missing(CODES)).toEqual([]));
