import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { caughtUp } from "#test/caught-up";
import { certificateFolder, newCertificate } from "#test/certificates";
import { createInstallation, type TestInstallation } from "#test/installation";
import { askPlane, GATEWAY_SECRET } from "#test/plane";
import { startRedis, type TestRedis } from "#test/redis";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { makeDirectory } from "#test/upstreams/workspace";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";

const PASSWORD = "redis-password-of-this-test";
const BURST = 5;

let installation: TestInstallation;
let redis: TestRedis;
let program: VerifierProgram;
let verifiers: VerifierProcess[];
let maria: string;
const folder = makeDirectory("shared");
const logOf = (name: string) => `${folder.path}/${name}.log`;

beforeAll(async () => {
  [installation, redis, program] = await Promise.all([
    createInstallation(),
    startRedis(["--requirepass", PASSWORD]),
    buildVerifier(),
  ]);
  const { db, database } = installation;
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira")]);
  maria = (await installation.person("maria", ["api-users"])).id;
  const env = {
    DATABASE_VERIFIER_URL: database.verifierUrl,
    REDIS_URL: `redis://:${PASSWORD}@127.0.0.1:${redis.port}`,
  };
  verifiers = await Promise.all(
    ["v1", "v2", "v3"].map((name) => {
      writeFileSync(logOf(name), "");
      return program.start(name, env, logOf(name));
    }),
  );
  await waitUntil("all can decide", async () => {
    const ready = await Promise.all(verifiers.map(({ managementPort: port }) => answers(port, "/readyz")));
    return ready.every((each) => each === 200) || undefined;
  });
});
afterAll(async () => {
  await program.close();
  await Promise.all([installation.close(), redis.close()]);
  folder.remove();
});

const answers = (port: number, path: string): Promise<number> =>
  fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status);
async function each(name: string): Promise<number[]> {
  const texts = await Promise.all(
    verifiers.map(async ({ managementPort }) => (await fetch(`http://127.0.0.1:${managementPort}/metrics`)).text()),
  );
  return texts.map((text) => Number(new RegExp(`^latchkey_${name} (.+)$`, "m").exec(text)?.[1]));
}
const sum = async (name: string): Promise<number> => (await each(name)).reduce((all, one) => all + one, 0);
const allShare = (share: boolean) =>
  waitUntil(share ? "all share" : "each is alone", async () =>
    (await sum("rates_shared")) === (share ? verifiers.length : 0) ? true : undefined,
  );

const ask = async ({ port }: VerifierProcess, secret: string): Promise<number> =>
  (await askPlane(port, { Authorization: `Bearer ${secret}` })).status;

/** A limited token that every verifier has in memory, of whose rate nothing is spent: nobody misses a deadline by a look-up. */
async function known(): Promise<string> {
  const rateLimit = { perMinute: 1, burst: BURST };
  const { secret } = await seedToken(installation.db, maria, { rateLimit, access: "read" });
  await caughtUp(installation.db, () => each("applied_sequence"));
  for (const { port } of verifiers) {
    await waitUntil("it is known", async () => {
      const { status } = await askPlane(port, {
        Authorization: `Bearer ${secret}`,
        "X-Original-Method": "DELETE",
      });
      return status !== 503 || undefined;
    });
  }
  return secret;
}

/**
 * How many of many at once, at all verifiers, are let through. Nobody answers anything but yes or *too often*.
 * @returns null where somebody was too late (503): on a busy machine that says nothing, and it is played again
 */
async function together(secret: string): Promise<number | null> {
  const statuses = await Promise.all(
    verifiers.flatMap((verifier) => Array.from({ length: BURST + 1 }, () => ask(verifier, secret))),
  );
  // nginx is told 403 for 429.
  expect(statuses.filter((status) => ![200, 403, 503].includes(status))).toEqual([]);
  return statuses.includes(503) ? null : statuses.filter((status) => status === 200).length;
}

/** Plays a round until nobody was too late, a dozen times at most. @param play answers null where it says nothing */
async function untilInTime<T>(play: () => Promise<T | null>): Promise<T> {
  for (let turn = 0; turn < 12; turn += 1) {
    const said = await play();
    if (said !== null) return said;
  }
  throw new Error("Somebody was too late every time");
}

describe("three verifiers and one Redis", () => {
  test("let through together, all at once, exactly what one would", async () => {
    const passed = await untilInTime(async () => {
      await allShare(true);
      const secret = await known();
      const before = await sum("rates_alone_total");
      const count = await together(secret);
      // Redis may have been slower than a verifier waits: then one was alone.
      return (await sum("rates_alone_total")) > before ? null : count;
    });
    expect(passed).toBe(BURST);
  });

  test.each([
    ["hangs", () => redis.signal("SIGSTOP"), () => redis.signal("SIGCONT")],
    ["is killed", () => redis.kill(), () => redis.start()],
  ] as const)("that %s: never more than each alone, and together again after", async (_what, hurt, heal) => {
    const passed = await untilInTime(async () => {
      await allShare(true);
      const secret = await known();
      await hurt();
      const first = await together(secret);
      // Whoever is alone waits for nobody.
      const then = await together(secret);
      await allShare(false);
      const none = await together(secret);
      await heal();
      await allShare(true);
      const healed = await together(secret);
      if (first === null || then === null || none === null || healed === null) return null;
      expect([none, healed]).toEqual([0, 0]);
      return first + then;
    });
    expect(passed).toBe(verifiers.length * BURST);
  });

  test("say each change once, and never the password", async () => {
    for (const { name } of verifiers) {
      const lines = readFileSync(logOf(name), "utf8");
      expect(lines).not.toContain(PASSWORD);
      const events = lines.split("\n").flatMap((line) => /"event":"(rates\.\w+)"/.exec(line)?.[1] ?? []);
      expect(events.length).toBeGreaterThanOrEqual(5);
      expect(events.filter((event, at) => event === events[at - 1])).toEqual([]);
    }
  });
});

describe("Redis by TLS", () => {
  test("is shared by who believes its certificate, and told nothing by who does not", async () => {
    const files = certificateFolder();
    const { cert, key } = await newCertificate();
    files.write({ "redis.pem": cert, "redis.key": key });
    const secured = await startRedis(["--tls-auth-clients", "no", "--requirepass", PASSWORD], {
      tls: { cert: files.path("redis.pem"), key: files.path("redis.key") },
    });
    try {
      const url = installation.database.verifierUrl;
      const env = { DATABASE_VERIFIER_URL: url, REDIS_URL: `rediss://:${PASSWORD}@127.0.0.1:${secured.tlsPort}` };
      for (const [name, trust, event] of [
        ["believes", { NODE_EXTRA_CA_CERTS: files.path("redis.pem") }, /"event":"rates\.shared"/],
        ["doubts", {}, /"event":"rates\.alone","why":"[^"]*certificate/],
      ] as const) {
        writeFileSync(logOf(name), "");
        await program.start(name, { ...env, ...trust }, logOf(name));
        await waitUntil(`it ${name}`, () => event.test(readFileSync(logOf(name), "utf8")) || undefined);
      }
    } finally {
      await secured.close();
      files.remove();
    }
  });
});
