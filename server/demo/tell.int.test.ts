import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkAuditChain } from "#lib/audit/queries-chain";
import { operator } from "#lib/auth/actors";
import { managedTokensQuery, pageOfManagedTokens } from "#lib/tokens/queries-managed";
import { STATUSES } from "#lib/tokens/status";
import { createInstallation, type TestInstallation } from "#test/installation";
import { PEOPLE } from "./cast";
import { beginningOf, tellStory } from "./tell";

/** Nothing can be denied before there are requests. */
const NOT_YET = ["denied"];
const DAY_MS = 86_400_000;
const NOW = Date.now();

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(beginningOf(NOW));
  const passwords = new Map(PEOPLE.map(({ username }) => [username, `${username}-Xq9.vB2kL0`]));
  await tellStory(installation.db, installation.database.verifierUrl, passwords, NOW);
});
afterAll(() => installation.close());

async function tokens() {
  const page = await pageOfManagedTokens(operator(), managedTokensQuery.parse({ limit: "100" }));
  if (!page.ok) throw new Error(page.refusal.detail);
  return page.value.items;
}

describe("the demo's story", () => {
  test("has a token in every status that there is", async () => {
    const found = new Set((await tokens()).map(({ status }) => status));
    expect(STATUSES.filter((status) => !found.has(status))).toEqual(NOT_YET);
  });

  test("is told by those who act in it, at their own time", async () => {
    const old = (await tokens()).find(({ name }) => name === "Old laptop");
    expect(old).toMatchObject({ createdBy: "mara.lindqvist", revocation: { by: "mara.lindqvist" } });
    const ago = (at: string | undefined) => Math.round((NOW - Date.parse(at ?? "")) / DAY_MS);
    expect([ago(old?.createdAt), ago(old?.revocation?.at)]).toEqual([21, 11]);
  });

  test("has a month of requests, allowed and refused, up to the last day", async () => {
    const counts = await installation.db.verificationCount.findMany();
    const days = new Set(counts.map(({ hour }) => hour.toISOString().slice(0, 10)));
    expect(days.size).toBeGreaterThanOrEqual(30);
    const reasons = new Set(counts.map(({ reason }) => reason));
    for (const reason of [
      "allowed",
      "let_through",
      "token_revoked",
      "token_expired",
      "owner_inactive",
      "write_refused",
    ]) {
      expect([reason, reasons.has(reason)]).toEqual([reason, true]);
    }
    const newest = Math.max(...counts.map(({ hour }) => hour.getTime()));
    expect(newest).toBeLessThanOrEqual(NOW);
    expect(newest).toBeGreaterThan(NOW - DAY_MS);
  });

  test("has a path filter that observes, and tells who it recognised; before, it refused them", async () => {
    const seen = await installation.db.pathSighting.findMany();
    const build = (await tokens()).find(({ name, status }) => name === "Build server" && status !== "active");
    expect(seen).toMatchObject([{ applicationKey: "bitbucket", rule: "enc_slash", auth: "token", tokenId: build?.id }]);
    const refused = await installation.db.verificationCount.findMany({ where: { applicationKey: "bitbucket" } });
    expect(refused.map(({ reason }) => reason)).toContain("path_blocked");
  });

  test("has an application that is told by assertions, whose token passes", async () => {
    const rota = await installation.db.application.findUniqueOrThrow({ where: { key: "rota" } });
    expect(rota.identity).toBe("jwt");
    const counts = await installation.db.verificationCount.findMany({ where: { applicationKey: "rota" } });
    expect(new Set(counts.map(({ reason }) => reason))).toEqual(new Set(["allowed"]));
  });

  test("has a token with restrictions, refused for its hours and for its rate, and used all the same", async () => {
    const chart = (await tokens()).find(({ name }) => name === "Burndown chart");
    const refusals = await installation.db.refusal.findMany({ where: { tokenId: chart?.id ?? "" } });
    const reasons = new Set(refusals.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual(["rate_limited", "time_refused"]);
    expect(chart?.lastUsedAt).not.toBeNull();
  });

  test("has a log whose chain holds, oldest first", async () => {
    const checked = await checkAuditChain(operator(), NOW);
    expect(checked).toMatchObject({ ok: true });
    const events = await installation.db.auditEvent.findMany({ orderBy: { seq: "asc" }, select: { at: true } });
    const times = events.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW);
  });
});
