import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { DatabaseProxy } from "#test/database-proxy";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import type { Decision } from "../decide";
import type { Subject } from "../decision";
import { Recorder } from "./recorder";

let installation: TestInstallation;
let proxy: DatabaseProxy;
let recorder: Recorder;
let maria: string;
const lines: string[] = [];

beforeAll(async () => {
  installation = await createInstallation();
  maria = (await installation.person("maria", ["api-users"])).id;
});
afterAll(() => installation.close());

beforeEach(async () => {
  proxy = await DatabaseProxy.open(installation.database.verifierUrl);
  recorder = new Recorder({ url: proxy.url, log: createLog("debug", { write: (line) => lines.push(line) }, Date.now) });
  recorder.start();
  await waitUntil("a connection", () => recorder.isConnected || undefined);
});
afterEach(async () => {
  proxy.resume();
  await recorder.stop();
  await proxy.close();
});

const NOBODY: Subject = {
  ...{ gatewayKey: "gw1", applicationKey: "jira", clientAddress: "192.0.2.7", auth: "token", claimedName: null },
  ...{ tokenId: null, ownerId: null, method: "GET", path: "/", access: "read", observedRules: [], observed: false },
};

/** The recorder looks at nothing of a decision but these three. */
function note(
  subject: Partial<Subject>,
  { allowed = true, at = Date.now(), client = "curl/8", isNew = false } = {},
): void {
  const said = { allowed, reason: allowed ? "allowed" : "write_refused", subject: { ...NOBODY, ...subject } };
  recorder.note({ decision: said as Decision, client, peer: "127.0.0.1", at }, isNew);
}

const usageOf = (tokenId: string) => installation.db.tokenUsage.findUnique({ where: { tokenId } });
const until = (tokenId: string, allowed: number) =>
  waitUntil(`${allowed} uses of the token`, async () => {
    const usage = await usageOf(tokenId);
    return usage !== null && Number(usage.allowed) === allowed ? usage : undefined;
  });

describe("what was verified", () => {
  test("is written within moments: uses, hours, addresses, counts, contact", async () => {
    const { id } = await seedToken(installation.db, maria);
    const at = Date.now();
    for (let i = 0; i < 5; i += 1) note({ tokenId: id }, { at: at + i });
    note({ tokenId: id }, { at: at + 9, allowed: false });
    const usage = await until(id, 5);
    expect(usage).toMatchObject({
      firstUsedAt: new Date(at),
      lastUsedIp: "192.0.2.7",
      refused: 1n,
      lastRefusedReason: "write_refused",
    });
    const { db } = installation;
    await waitUntil("the rest", () =>
      db.gatewayContact.findUnique({ where: { gatewayKey: "gw1" } }).then((row) => row ?? undefined),
    );
    expect(await db.tokenUsageHour.findMany({ where: { tokenId: id } })).toMatchObject([{ allowed: 5n, refused: 1n }]);
    await waitUntil("sightings", async () =>
      (await db.tokenSighting.count({ where: { tokenId: id } })) === 1 ? true : undefined,
    );
    expect(await db.verificationCount.findMany({ where: { reason: "write_refused" } })).toMatchObject([{ count: 1n }]);
  });

  test("adds up over batches, and last used moves at most once a minute while counts stay exact", async () => {
    const { id } = await seedToken(installation.db, maria);
    const at = Date.UTC(2026, 0, 1, 12);
    note({ tokenId: id }, { at });
    await until(id, 1);
    note({ tokenId: id, clientAddress: "192.0.2.8" }, { at: at + 30_000 });
    expect(await until(id, 2)).toMatchObject({ lastUsedAt: new Date(at), lastUsedIp: "192.0.2.7" });
    note({ tokenId: id, clientAddress: "192.0.2.9" }, { at: at + 61_000 });
    expect(await until(id, 3)).toMatchObject({
      lastUsedAt: new Date(at + 61_000),
      lastUsedIp: "192.0.2.9",
      firstUsedAt: new Date(at),
    });
  });

  test("of each address and client keeps what was asked for last, whichever batch arrives later", async () => {
    const { id } = await seedToken(installation.db, maria);
    const at = Date.UTC(2026, 0, 1, 12);
    const asked = async (path: string, later: number, uses: number) => {
      note({ tokenId: id, path }, { at: at + later });
      return waitUntil(`${uses} calls`, async () => {
        const [seen] = await installation.db.tokenSighting.findMany({ where: { tokenId: id } });
        return seen !== undefined && Number(seen.calls) === uses ? seen.lastRequest : undefined;
      });
    };
    expect(await asked("/first", 5_000, 1)).toBe("GET /first");
    expect(await asked("/later", 9_000, 2)).toBe("GET /later");
    expect(await asked("/late", 7_000, 3)).toBe("GET /later");
  });

  test("that a filter rule recognised and let pass is kept by rule and who sent it, with what was asked last", async () => {
    const { id } = await seedToken(installation.db, maria);
    const at = Date.UTC(2026, 0, 1, 12);
    const seen: Partial<Subject> = { tokenId: id, applicationKey: "wiki", observedRules: ["enc_slash"] };
    note({ ...seen, path: "/a%2Fb" }, { at });
    note({ ...seen, path: "/c%2Fd" }, { at: at + 1 });
    note({ ...seen, path: "/refused" }, { at: at + 2, allowed: false });
    note({ ...seen, tokenId: null, auth: "none", path: "/x;jsessionid=1", observedRules: ["semicolon"] }, { at });
    const rows = await waitUntil("both", async () => {
      const all = await installation.db.pathSighting.findMany({
        where: { applicationKey: "wiki" },
        orderBy: { rule: "asc" },
      });
      return all.length === 2 ? all : undefined;
    });
    expect(rows).toMatchObject([
      {
        rule: "enc_slash",
        auth: "token",
        tokenId: id,
        calls: 2n,
        lastRequest: "GET /c%2Fd",
        firstSeenAt: new Date(at),
      },
      { rule: "semicolon", auth: "none", tokenId: "", calls: 1n },
    ]);
  });

  test("ends an overlap that lasts until the successor's first use, and says so to every verifier", async () => {
    const { db } = installation;
    const soon = new Date(Date.now() - 1_000);
    const old = await seedToken(db, maria, {
      supersededAt: soon,
      overlapEndsAt: new Date(Date.now() + 86_400_000),
      overlapUntilFirstUse: true,
    });
    const successor = await seedToken(db, maria, { rotatedFromId: old.id });
    const [before] = await db.$queryRaw<{ seq: bigint }[]>`SELECT seq FROM change_head`;
    const usedAt = Date.now();
    note({ tokenId: successor.id }, { at: usedAt, isNew: true });
    const ended = await waitUntil("the overlap's end", async () => {
      const { overlapEndsAt } = await db.token.findUniqueOrThrow({ where: { id: old.id } });
      return overlapEndsAt !== null && overlapEndsAt.getTime() <= Date.now() ? overlapEndsAt : undefined;
    });
    expect(ended).toEqual(new Date(usedAt));
    const changes = await db.change.findMany({ where: { seq: { gt: before?.seq ?? 0n } } });
    expect(changes.map(({ key }) => key)).toContain(old.digest);
  });

  test("of two verifiers at once adds up to the sum", async () => {
    const other = new Recorder({
      url: installation.database.verifierUrl,
      log: createLog("error", process.stdout, Date.now),
    });
    other.start();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => seedToken(installation.db, maria)));
    const said = { allowed: true, reason: "allowed", subject: NOBODY };
    for (let round = 0; round < 3; round += 1) {
      for (const { id } of tokens) {
        note({ tokenId: id });
        other.note(
          {
            decision: { ...said, subject: { ...NOBODY, tokenId: id } } as Decision,
            client: "git/2",
            peer: "::1",
            at: Date.now(),
          },
          false,
        );
      }
    }
    await Promise.all(tokens.map(({ id }) => until(id, 6)));
    await other.stop();
  });

  test("that nobody could store as it came is cleaned, and spoils nothing", async () => {
    const { id } = await seedToken(installation.db, maria);
    note({ tokenId: id }, { client: `\u0000\ud800${"x".repeat(5_000)}` });
    note(
      { auth: "password", claimedName: "a\u0000\udfffb", observed: true, clientAddress: "192.0.2.99" },
      { client: "a\u0000" },
    );
    await until(id, 1);
    const seen = await waitUntil("the sighting", async () => {
      const [row] = await installation.db.credentialSighting.findMany({ where: { address: "192.0.2.99" } });
      return row;
    });
    expect(seen).toMatchObject({ claimedName: "a \ufffdb", client: "a ", class: "password", outcome: "allowed" });
  });
});

describe("when the database is away", () => {
  test("everything waits in memory and is written after its return, counts exact", async () => {
    const { id } = await seedToken(installation.db, maria);
    await proxy.refuse();
    for (let i = 0; i < 100; i += 1) note({ tokenId: id });
    await waitUntil("the loss is noticed", () => (recorder.pending > 0 ? true : undefined));
    await proxy.accept();
    await until(id, 100);
    expect(recorder.counts.lost).toBe(0);
  });

  test("what may have been written is not counted twice, the evidence stays, and what is lost is counted", async () => {
    const { id } = await seedToken(installation.db, maria);
    proxy.hang("record");
    note({ tokenId: id }, { isNew: true });
    await waitUntil("given up", () => (recorder.counts.failed > 0 ? true : undefined), 20_000);
    proxy.resume();
    const usage = await waitUntil("the evidence", () =>
      usageOf(id).then((row) => (row?.firstUsedAt ? row : undefined)),
    );
    expect(usage.firstUsedAt).not.toBeNull();
    expect(Number(usage.allowed)).toBeLessThanOrEqual(1);
  });

  test("rows that it will never take do not stand in the way of the others", async () => {
    const { id } = await seedToken(installation.db, maria);
    note({ tokenId: "no uuid at all" });
    await waitUntil("refused rows", () => (recorder.counts.failed > 0 ? true : undefined));
    note({ tokenId: id });
    await until(id, 1);
  });

  test("an end in order writes what is left at once", async () => {
    const { id } = await seedToken(installation.db, maria);
    note({ tokenId: id });
    await recorder.stop();
    expect(await usageOf(id)).toMatchObject({ allowed: 1n });
    expect(recorder.pending).toBe(0);
  });
});

test("nothing that looks like a secret was logged", () => {
  expect(lines.join("")).not.toMatch(/lk_[0-9A-Za-z]{32}/);
});
