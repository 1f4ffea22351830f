import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createPolicy } from "#lib/policies/commands/create";
import { createToken } from "#lib/tokens/commands/create";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { findNetwork, pageOfNetworks } from "../queries";
import { holdNetworks } from "../store";
import { createNetwork } from "./create";
import { deleteNetwork } from "./delete";
import { editNetwork } from "./edit";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  await installation.person("tess", ["api-users"]);
});
afterAll(() => installation.close());

const make = (name: string) =>
  outputOf(execute(installation.db, createNetwork, operator(), { name, ranges: ["192.0.2.0/24"] }, NOW));
const edit = (id: string, changes: object) =>
  execute(installation.db, editNetwork, operator(), { id, ...changes }, NOW);
const remove = (id: string) => execute(installation.db, deleteNetwork, operator(), { id }, NOW);
const tier = (name: string, priority: number, ranges: string[]) => {
  const own = { maxLifetimeDays: 7, access: "read", applications: "all", maxActive: 1, ranges };
  const input = { name, priority, members: { everyone: true }, use: true, create: "yes", own };
  return execute(installation.db, createPolicy, operator(), input, NOW);
};
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("changing a network", () => {
  it("is for administrators, in a session after they confirmed that it is them", async () => {
    const { id } = await make("verdicts");
    const input = () => ({ id, version: 1, ranges: ["192.0.2.0/24"] });
    expect(await verdicts(installation, editNetwork, cast, input, NOW)).toEqual({ ...ADMINS_ONLY });
  });

  it("keeps what is left out, counts the version, and tells the log both states", async () => {
    const before = await make("office");
    const done = await edit(before.id, { version: 1, ranges: ["198.51.100.0/24"] });
    expect(done).toMatchObject({ value: { output: { name: "office", ranges: ["198.51.100.0/24"], version: 2 } } });
    expect(await lastEvent()).toMatchObject({
      action: "network.edited",
      detail: { before: { ranges: ["192.0.2.0/24"] }, after: { ranges: ["198.51.100.0/24"] } },
    });
  });

  it("changes nothing, and says nothing in the log, when it is as wanted already", async () => {
    const { id } = await make("same");
    const { seq } = await lastEvent();
    expect(await edit(id, { version: 1, name: "same" })).toMatchObject({ value: { repeated: true } });
    expect((await lastEvent()).seq).toBe(seq);
  });

  it("is decided once between two who read the same version", async () => {
    const { id } = await make("contested");
    const both = await Promise.all([
      edit(id, { version: 1, ranges: ["203.0.113.1"] }),
      edit(id, { version: 1, ranges: ["203.0.113.2"] }),
    ]);
    expect(both.map((each) => (each.ok ? "done" : each.refusal.code)).sort()).toEqual(["done", "stale"]);
  });

  it("moves the change head, so that verifiers hear of it", async () => {
    const { id } = await make("heard");
    const head = () => installation.db.changeHead.findFirstOrThrow();
    const { seq } = await head();
    await edit(id, { version: 1, ranges: ["203.0.113.0/24"] });
    expect((await head()).seq).toBeGreaterThan(seq);
  });

  it("gives another name while nothing names it, but not a taken one", async () => {
    const { id } = await make("unnamed");
    await make("taken");
    expect(await edit(id, { version: 1, name: "taken" })).toMatchObject({ refusal: { code: "already_exists" } });
    expect(await edit(id, { version: 1, name: "named" })).toMatchObject({ value: { output: { name: "named" } } });
  });

  it("keeps the name that a tier uses, and says which tier", async () => {
    const { id } = await make("of tier");
    expect(await tier("Users of it", 7, ["of tier"])).toMatchObject({ ok: true });
    const refused = await edit(id, { version: 1, name: "other" });
    expect(refused).toMatchObject({ refusal: { code: "in_use", errors: [{ path: "name" }] } });
    expect(refused).toMatchObject({ refusal: { detail: expect.stringContaining("tier Users of it") } });
    expect(await edit(id, { version: 1, ranges: [] })).toMatchObject({ value: { output: { ranges: [] } } });
  });
});

describe("deleting a network", () => {
  it("is for administrators", async () => {
    const { id } = await make("to delete");
    const seen = await verdicts(installation, deleteNetwork, cast, () => ({ id }), NOW);
    expect({ ...seen, "write token": "done", cli: "done" }).toEqual({ ...ADMINS_ONLY });
  });

  it("is refused while a token that has not ended names it, and then not any more", async () => {
    const { id, name } = await make("of token");
    const wish = { owner: "tess", name: "t", applications: "all", access: "read", ipRanges: [name] };
    const { token } = await outputOf(execute(installation.db, createToken, operator(), wish, NOW));
    expect(await remove(id)).toMatchObject({ refusal: { code: "in_use", detail: expect.stringContaining("1 token") } });
    await installation.db.token.update({ where: { id: token.id }, data: { expiresAt: new Date(NOW) } });
    expect(await remove(id)).toMatchObject({ value: { output: { name } } });
    expect(await lastEvent()).toMatchObject({ action: "network.deleted", subjectName: name });
  });

  it("waits for whoever is about to name it, and is refused then", async () => {
    const { id, name } = await make("about to be named");
    const { db } = installation;
    const waits = async () =>
      Number(
        (
          await db.$queryRaw<{ n: bigint }[]>`
          SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
        )[0]?.n,
      ) > 0;
    let settled = false;
    const naming = db.$transaction(async (tx) => {
      await holdNetworks(tx, [name]);
      const gone = remove(id).finally(() => {
        settled = true;
      });
      await waitUntil("the deletion waits, or is done", async () => settled || (await waits()) || undefined);
      const own = { ranges: [name] };
      await tx.policy.create({
        data: { name: "Names it", nameKey: "names it", priority: 77, own },
        select: { id: true },
      });
      return { gone };
    });
    const { gone } = await naming;
    expect(await gone).toMatchObject({ refusal: { code: "in_use" } });
  });

  it("never leaves a tier naming a network that is gone, whichever comes first", async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id, name } = await make(`race ${round}`);
      const [made, gone] = await Promise.all([tier(`Race ${round}`, 20 + round, [name]), remove(id)]);
      expect([made.ok, gone.ok].filter(Boolean)).toHaveLength(1);
    }
  });
});

describe("looking at a network", () => {
  it("says what names it, to administrators and auditors only", async () => {
    const { id } = await make("looked at");
    expect(await findNetwork(cast.auditor, id)).toMatchObject({ network: { name: "looked at" }, uses: { tokens: 0 } });
    expect(await findNetwork(cast.user, id)).toBeNull();
    expect((await pageOfNetworks(cast.user, {})).items).toEqual([]);
  });

  it("shows a list to whoever typed nonsense into its address", async () => {
    const page = await pageOfNetworks(cast.admin, { sort: "nonsense", cursor: "x", q: "" });
    expect(page.items.length).toBeGreaterThan(3);
    expect(page.sort).toBe("name");
  });
});
