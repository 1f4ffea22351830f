import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { draftInput } from "#lib/impact/draft-schema";
import { previewChange } from "#lib/impact/queries";
import { createNetwork } from "#lib/networks/commands/create";
import { deleteNetwork } from "#lib/networks/commands/delete";
import { readSettings } from "#lib/settings/queries";
import { createToken } from "#lib/tokens/commands/create";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { holdPrefix } from "#lib/tokens/store-new";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { ADMINS_ONLY, castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedToken, seedTokens } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { editSettings } from "./edit";

const NOW = Date.now();
const DAY = 86_400_000;
const iso = (days: number) => new Date(NOW + days * DAY).toISOString();
let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  await seedApplication(installation.db, "jira");
});
afterAll(() => installation.close());

const settings = async () => {
  const found = await readSettings(operator());
  if (!found.ok) throw new Error(found.refusal.detail);
  return found.value;
};
const edit = async (changes: object) =>
  execute(installation.db, editSettings, operator(), { version: (await settings()).version, ...changes }, NOW);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
const preview = async (ceiling: object) => {
  const seen = await previewChange(operator(), draftInput.parse({ change: "settings.edit", ceiling }));
  if (!seen.ok) throw new Error(seen.refusal.detail);
  return seen.value;
};
const tokenOf = (username: string) =>
  outputOf(
    execute(
      installation.db,
      createToken,
      operator(),
      { owner: username, name: "ci", applications: ["jira"], access: "read" },
      NOW,
    ),
  );

describe("changing the settings", () => {
  it("is for administrators, in a session after they confirmed that it is them; auditors look", async () => {
    const cast = await castOf(installation);
    const { version } = await settings();
    expect(await verdicts(installation, editSettings, cast, () => ({ version }), NOW)).toEqual({ ...ADMINS_ONLY });
    expect((await readSettings(cast.auditor)).ok).toBe(true);
    expect(await readSettings(cast.user)).toMatchObject({ refusal: { code: "forbidden" } });
  });

  it("says nothing in the log when all is as wanted already", async () => {
    const { seq } = await lastEvent();
    const { ceiling, tokenPrefix } = await settings();
    expect(await edit({ ceiling, tokenPrefix, ranges: [] })).toMatchObject({ value: { repeated: true } });
    expect((await lastEvent()).seq).toBe(seq);
  });

  it("is decided once between two who read the same version", async () => {
    const { version } = await settings();
    const both = ["aa", "bb"].map((tokenPrefix) =>
      execute(installation.db, editSettings, operator(), { version, tokenPrefix }, NOW),
    );
    const codes = (await Promise.all(both)).map((done) => (done.ok ? "done" : done.refusal.code));
    expect(codes.sort()).toEqual(["done", "stale"]);
    expect((await settings()).retiredPrefixes).toEqual(["lk"]);
  });
});

describe("the ceiling above all", () => {
  it("names only what exists, and keeps what it names from being forgotten", async () => {
    const unknown = { serviceAccounts: { applications: ["jira", "nowhere"], ranges: ["moon"] } };
    expect(await edit({ ceiling: unknown })).toMatchObject({
      refusal: {
        code: "invalid_input",
        errors: [{ path: "ceiling.serviceAccounts.applications.1" }, { path: "ceiling.serviceAccounts.ranges.0" }],
      },
    });
  });

  it("is changed for persons without touching that of service accounts, and the log tells both states", async () => {
    expect(await edit({ ceiling: { serviceAccounts: { maxActive: 3 } } })).toMatchObject({ ok: true });
    const done = await edit({ ceiling: { persons: { maxLifetimeDays: 300 } } });
    expect(done).toMatchObject({
      value: { output: { ceiling: { persons: { maxLifetimeDays: 300 }, serviceAccounts: { maxActive: 3 } } } },
    });
    expect(await lastEvent()).toMatchObject({
      action: "installation.edited",
      detail: { before: { ceiling: { persons: { maxLifetimeDays: 365 } } } },
    });
    expect(await edit({ ceiling: { persons: null, serviceAccounts: null } })).toMatchObject({ ok: true });
    expect((await settings()).ceiling).toEqual({ persons: null, serviceAccounts: null });
  });

  it("breaks no token unseen: it asks what happens, and gives what was chosen", async () => {
    const ada = await installation.person("ada", ["api-users"]);
    const { id } = await seedToken(installation.db, ada.id, { name: "writes", expiresAt: new Date(NOW + 20 * DAY) });
    const ceiling = { persons: { access: "read" } };
    const seen = await preview(ceiling);
    expect(seen).toMatchObject({ needsChoice: true, tokens: { affected: 1, byRule: { access: 1 } } });
    expect(await edit({ ceiling })).toMatchObject({ refusal: { errors: [{ path: "affected" }] } });
    const affected = { choice: "leave", until: iso(10) };
    expect(await edit({ ceiling, affected, fingerprint: "0".repeat(64) })).toMatchObject({
      refusal: { code: "stale" },
    });
    expect(await edit({ ceiling, affected, fingerprint: seen.fingerprint })).toMatchObject({ ok: true });
    const row = await installation.db.token.findUniqueOrThrow({ where: { id } });
    expect(row.waiverUntil?.toISOString()).toBe(iso(10));
    expect(row.waiverAccess).toBe("write");
    await edit({ ceiling: { persons: null } });
  });

  it("changes no token when the change is refused for its version or its prefixes, however many there are", async () => {
    const bea = await installation.person("bea", ["api-users"]);
    await seedTokens(installation.db, bea.id, 501, { hint: "aa_0…0000" });
    const ceiling = { persons: { access: "read" } };
    const { fingerprint } = await preview(ceiling);
    const wish = { ceiling, affected: { choice: "reduce" }, fingerprint };
    const { version, tokenPrefix, retiredPrefixes } = await settings();
    expect(await edit({ ...wish, version: version - 1 })).toMatchObject({ refusal: { code: "stale" } });
    expect(await edit({ ...wish, retiredPrefixes: ["ghp"] })).toMatchObject({ refusal: { code: "invalid_input" } });
    const retires = { tokenPrefix: "cc", retiredPrefixes: [] };
    expect(await edit({ ...wish, ...retires })).toMatchObject({ refusal: { code: "in_use" } });
    expect(await installation.db.token.count({ where: { ownerId: bea.id, version: { gt: 1 } } })).toBe(0);
    await installation.db.token.deleteMany({ where: { ownerId: bea.id } });
    expect(await settings()).toMatchObject({ version, tokenPrefix, retiredPrefixes });
  });

  it("of service accounts concerns no person", async () => {
    expect(await preview({ serviceAccounts: { access: "read" } })).toMatchObject({ tokens: { affected: 0 } });
  });
});

describe("the addresses from which tokens pass at all", () => {
  it("may be networks that exist, which are then in use, and hold for every verification at once", async () => {
    const { db } = installation;
    const network = await outputOf(
      execute(db, createNetwork, operator(), { name: "office", ranges: ["192.0.2.0/24"] }, NOW),
    );
    expect(await edit({ ranges: ["office", "moon"] })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "ranges.1", message: "There is no network moon." }] },
    });
    expect(await edit({ ranges: ["office", "2001:DB8::/32"] })).toMatchObject({
      value: { output: { ranges: ["office", "2001:db8::/32"] } },
    });
    expect(await lastEvent()).toMatchObject({
      detail: { before: { ranges: [] }, after: { ranges: ["office", "2001:db8::/32"] } },
    });
    expect((await readInstallationFacts(db)).settings.ranges).toEqual(["office", "2001:db8::/32"]);
    const gone = await execute(db, deleteNetwork, operator(), { id: network.id }, NOW);
    expect(gone).toMatchObject({ refusal: { code: "in_use", detail: expect.stringContaining("settings") } });
    expect(await edit({ ranges: [] })).toMatchObject({ ok: true });
    expect(await execute(db, deleteNetwork, operator(), { id: network.id }, NOW)).toMatchObject({ ok: true });
  });

  it("stay where an edit says nothing of them", async () => {
    await edit({ ranges: ["10.0.0.0/8"] });
    await edit({ ownerRate: { perMinute: 1, burst: 1 } });
    expect(await settings()).toMatchObject({ ranges: ["10.0.0.0/8"] });
    await edit({ ranges: [], ownerRate: null });
  });
});

describe("rates of the whole installation", () => {
  it("bear 60 failures of an address at once and 30 a minute at first, and limit no owner", async () => {
    const expected = { ownerRate: null, failureRate: { perMinute: 30, burst: 60 } };
    expect(await settings()).toMatchObject(expected);
    expect((await readInstallationFacts(installation.db)).settings).toMatchObject(expected);
  });

  it("are what was set, and none once that is said", async () => {
    const wished = { ownerRate: { perMinute: 600, burst: 50 }, failureRate: null };
    expect(await edit(wished)).toMatchObject({ value: { output: wished } });
    expect((await readInstallationFacts(installation.db)).settings).toMatchObject(wished);
    expect(await edit(wished)).toMatchObject({ value: { repeated: true } });
    const back = { ownerRate: null, failureRate: { perMinute: 30, burst: 60 } };
    expect(await edit(back)).toMatchObject({ value: { output: back } });
  });
});

describe("the prefix of secrets", () => {
  it("is that of every secret from then on, and the old one retires", async () => {
    await installation.person("pia", ["api-users"]);
    const first = await tokenOf("pia");
    await edit({ tokenPrefix: "acme" });
    const second = await tokenOf("pia");
    expect(first.secret).toMatch(/^(aa|bb)_/);
    expect(second.secret).toMatch(/^acme_/);
    expect(second.token.hint).toMatch(/^acme_/);
    const retired = (await settings()).retiredPrefixes;
    expect(retired[0]).toBe("lk");
    const born = first.secret.slice(0, 2);
    const without = { retiredPrefixes: retired.filter((each) => each !== born) };
    expect(await edit(without)).toMatchObject({
      refusal: { code: "in_use", detail: expect.stringContaining(`1 token that has not ended begin with ${born}_`) },
    });
    await outputOf(execute(installation.db, revokeToken, operator(), { id: first.token.id, reason: "unused" }, NOW));
    expect(await edit(without)).toMatchObject({ ok: true });
    expect((await settings()).retiredPrefixes).not.toContain(born);
  });

  it("is retired for good only when even suspended tokens are gone, and never invented", async () => {
    const ada = await installation.db.user.findFirstOrThrow({ where: { username: "ada" } });
    await seedToken(installation.db, ada.id, { name: "sleeps", suspendedAt: new Date(NOW), suspendedBy: "ada" });
    expect(await edit({ retiredPrefixes: [] })).toMatchObject({ refusal: { code: "in_use" } });
    const { retiredPrefixes } = await settings();
    expect(await edit({ retiredPrefixes: [...retiredPrefixes, "ghp"] })).toMatchObject({
      refusal: { code: "invalid_input", errors: [{ path: "retiredPrefixes" }] },
    });
  });

  it("changes after every token that is being made with it, so that none is born with one that is removed", async () => {
    const { db } = installation;
    const { tokenPrefix, version } = await settings();
    const waits = async () => {
      const rows = await db.$queryRaw<unknown[]>`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return rows.length > 0;
    };
    let settled = false;
    const { held, changing } = await db.$transaction(async (tx) => {
      const prefix = await holdPrefix(tx);
      const input = { version, tokenPrefix: "later" };
      const done = execute(db, editSettings, operator(), input, NOW).finally(() => {
        settled = true;
      });
      await waitUntil("the change waits, or is done", async () => settled || (await waits()) || undefined);
      expect(settled).toBe(false);
      return { held: prefix, changing: [done] };
    });
    expect(held).toBe(tokenPrefix);
    expect(await changing[0]).toMatchObject({ value: { output: { tokenPrefix: "later" } } });
  });
});
