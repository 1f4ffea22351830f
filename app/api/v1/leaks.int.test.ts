import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import { finishReport } from "#lib/jobs/leak-reports";
import { createToken } from "#lib/tokens/commands/create";
import { noteLeaks } from "#lib/tokens/commands/report-leaks";
import { rotateToken } from "#lib/tokens/commands/rotate";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { digestsOfLeaked } from "#lib/tokens/leaks/leak";
import type { Made } from "#lib/tokens/made";
import { newSecret } from "#lib/tokens/secret";
import { browserOf, call, outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { POST } from "./leaks/route";

let installation: TestInstallation;
let ada: SessionViewer;
beforeAll(async () => {
  installation = await createInstallation();
  const { person, viewer } = installation;
  await person("ada", ["admins"]);
  ada = { ...(await viewer("ada")), steppedUpAt: Date.now() };
});
afterAll(() => installation.close());

const wish = { name: "found", applications: "all", access: "read" };
const made = (some: object = {}, at = Date.now()): Promise<Made> =>
  outputOf(execute(installation.db, createToken, ada, { ...wish, ...some }, at));
const addresses = Array.from({ length: 200 }, (_, n) => `198.51.100.${n}`);
/** Each report comes from an address of its own, or from the one it names. */
const from = (address = addresses.pop() ?? "") => ({ "x-latchkey-peer": address });
const send = (body: object | string, headers: Record<string, string> = from()) =>
  call(POST, headers, { method: "POST", body });
const finish = (now: number) => finishReport(installation.db, now);
const later = () => Date.now() + 60_000;
/** What was noted and has not ended yet. */
const noted = () => installation.db.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM leak_reports`;
const settled = () => waitUntil("the end of what leaked", async () => (await noted())[0]?.n === 0n || undefined);
/** Sends a report and waits until what it says is done, which the answer does not. */
async function report(...sent: Parameters<typeof send>): ReturnType<typeof send> {
  const answer = await send(...sent);
  await settled();
  return answer;
}
const stored = (id: string) => installation.db.token.findUniqueOrThrow({ where: { id } });
const eventsOf = (subjectId: string) =>
  installation.db.auditEvent.findMany({ where: { subjectId, action: "token.leak-reported" } });

describe("a report of leaked secrets", () => {
  it("needs no account, ends each token of ours, and is told to the log with where it came from, not the secret", async () => {
    const [one, two] = [await made(), await made({ name: "other" })];
    const answer = await report({ secrets: [one.secret, "ghp_x", two.secret, one.secret] }, from("203.0.113.9"));
    expect([answer.status, answer.body]).toEqual([200, {}]);
    for (const { token } of [one, two]) {
      expect(await stored(token.id)).toMatchObject({
        ...{ revocationReason: "key_compromise", revokedBy: "a leak report", leakReportedAt: expect.any(Date) },
      });
      const [event, ...more] = await eventsOf(token.id);
      expect(event).toMatchObject({ actorKind: "system", actorName: "visitor", address: "203.0.113.9" });
      expect([more.length, JSON.stringify(event?.detail)]).toEqual([0, expect.not.stringContaining(one.secret)]);
    }
  });

  it("has one answer, whatever was known", async () => {
    const ended = await made();
    await report({ secrets: [ended.secret] });
    const living = await made();
    const all = [[living.secret], [ended.secret], [newSecret()], ["ключ от 部屋 \u0000"], ["x".repeat(500)], []];
    for (const secrets of all) {
      const { status, body, headers } = await report({ secrets });
      expect([status, body, [...headers.keys()].sort()]).toEqual([
        ...[200, {}],
        ["cache-control", "content-type", "x-content-type-options"],
      ]);
    }
    expect(await eventsOf(ended.token.id)).toHaveLength(1);
  });

  it("of a rotating pair ends the one that leaked, the old or the new", async () => {
    for (const leaked of ["old", "new"]) {
      const old = await made();
      const next = await outputOf(execute(installation.db, rotateToken, ada, { id: old.token.id }, Date.now()));
      await report({ secrets: [leaked === "old" ? old.secret : next.secret] });
      const ended = await Promise.all(
        [old, next].map(async ({ token }) => (await stored(token.id)).revokedAt !== null),
      );
      expect([leaked, ...ended]).toEqual([leaked, leaked === "old", leaked === "new"]);
      expect((await stored(old.token.id)).overlapEndsAt?.getTime()).toBeGreaterThan(Date.now());
    }
  });

  it("ends what is suspended, expired, without its owner, or of a prefix that is forgotten", async () => {
    const [held, over] = [await made(), await made()];
    await outputOf(execute(installation.db, suspendToken, ada, { id: held.token.id }, Date.now()));
    await installation.db.token.update({ where: { id: over.token.id }, data: { expiresAt: new Date(1) } });
    await installation.db.settings.updateMany({ data: { tokenPrefix: "acme" } });
    const odd = await made();
    await installation.db.settings.updateMany({ data: { tokenPrefix: "lk", retiredPrefixes: [] } });
    expect(odd.secret).toMatch(/^acme_/);
    await report({ secrets: [held, over, odd].map(({ secret }) => secret) });
    for (const { token } of [held, over, odd]) expect((await stored(token.id)).revokedBy).toBe("a leak report");
  });

  it("of the same secret at the same time ends it once", async () => {
    const [one, two] = [await made(), await made()];
    const orders = [
      [one.secret, two.secret],
      [two.secret, one.secret],
    ];
    const answers = await Promise.all([...orders, ...orders].map((secrets) => report({ secrets })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { token } of [one, two]) expect(await eventsOf(token.id)).toHaveLength(1);
  });

  it("while others hold what every change needs has the same answer, whether it names a token of ours or not, and that ends once it can", async () => {
    const { token, secret } = await made();
    const other = new Client({ connectionString: installation.database.adminUrl });
    await other.connect();
    await other.query("BEGIN; SELECT id FROM change_head WHERE id = 1 FOR UPDATE");
    for (const secrets of [[secret], [newSecret()], [secret, newSecret()]])
      expect(await send({ secrets })).toMatchObject({ status: 200, body: {} });
    expect((await stored(token.id)).revokedAt).toBeNull();
    await other.query("COMMIT");
    // On a busy machine whoever began with it may have given up by now.
    await waitUntil("a round with nothing left", async () => !(await finish(later())) || undefined);
    await settled();
    expect(await stored(token.id)).toMatchObject({ revokedBy: "a leak report" });
    expect(await eventsOf(token.id)).toHaveLength(1);
    await other.end();
  });

  it("is finished by a portal that comes later, where whoever was told of it died", async () => {
    const { token, secret } = await made();
    const secrets = digestsOfLeaked([secret, newSecret()]);
    await noteLeaks(installation.db, { secrets }, "203.0.113.9", Date.now());
    expect(await finish(0)).toBe(false);
    expect(await finish(later())).toBe(true);
    expect(await finish(later())).toBe(false);
    expect((await stored(token.id)).revokedBy).toBe("a leak report");
    expect(await eventsOf(token.id)).toMatchObject([{ actorName: "visitor", address: "203.0.113.9" }]);
  });
});

describe("who reports", () => {
  it("that cannot be finished now keeps none that came from elsewhere", async () => {
    const [held, free] = [await made(), await made()];
    for (const [each, address] of [[held, "203.0.113.10"] as const, [free, "203.0.113.11"] as const])
      await noteLeaks(installation.db, { secrets: digestsOfLeaked([each.secret]) }, address, Date.now());
    const other = new Client({ connectionString: installation.database.adminUrl });
    await other.connect();
    await other.query("BEGIN");
    await other.query("SELECT id FROM tokens WHERE id = $1 FOR UPDATE", [held.token.id]);
    await expect(finish(later())).rejects.toThrow();
    expect([(await stored(held.token.id)).revokedAt, (await stored(free.token.id)).revokedBy]).toEqual([
      null,
      "a leak report",
    ]);
    await other.query("COMMIT");
    await waitUntil("a round with nothing left", async () => !(await finish(later())) || undefined);
    expect(await stored(held.token.id)).toMatchObject({ revokedBy: "a leak report" });
    await other.end();
  });

  it("is nobody: neither session nor origin counts, and none is asked for", async () => {
    const { token, secret } = await made();
    const cookie = await browserOf(installation, ada);
    await report({ secrets: [secret] }, { ...from(), ...cookie, origin: "https://evil.example" });
    expect(await eventsOf(token.id)).toMatchObject([{ actorName: "visitor" }]);
  });

  it("is told what is wrong with the report, and nothing of it is repeated", async () => {
    const secret = newSecret();
    const tooMany = { secrets: Array.from({ length: 10_000 }, () => "x") };
    expect((await report({ secrets: Array(101).fill(secret) })).status).toBe(422);
    expect((await report(tooMany)).status).toBe(422);
    expect((await report({ secrets: Array(100).fill(secret.repeat(200)) })).status).toBe(413);
    expect((await report(`{"secrets":["${"x".repeat(2_000_000)}"]}`)).status).toBe(413);
    expect((await report("{")).status).toBe(400);
    expect((await report({ secrets: [], token: secret })).status).toBe(422);
    const form = { ...from(), "content-type": "application/x-www-form-urlencoded" };
    expect((await report(`secrets=${secret}`, form)).status).toBe(415);
    expect(JSON.stringify((await report({ secrets: [secret.repeat(20)] })).body)).not.toContain(secret);
  });

  it("comes thirty times at once and is then asked to wait; others are not", async () => {
    const one = from();
    const codes: number[] = [];
    for (let n = 0; n < 30; n += 1) codes.push((await report("{", one)).status);
    expect(new Set(codes)).toEqual(new Set([400]));
    const late = await Promise.all([1, 2, 3, 4, 5].map(() => report("{", one)));
    expect(late.map(({ status }) => status)).toContain(429);
    const refused = late.find(({ status }) => status === 429);
    expect(refused).toMatchObject({ body: { code: "too_many_requests" } });
    expect(refused?.headers.get("retry-after")).toMatch(/^[12]$/);
    expect(refused?.headers.get("ratelimit-policy")).toBe('"address";q=30;w=60');
    expect(refused?.headers.get("ratelimit")).toMatch(/^"address";r=0;t=[12]$/);
    expect((await report("{")).status).toBe(400);
  });
});
