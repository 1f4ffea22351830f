import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { listNetworks, networkById, networksQuery } from "#lib/networks/queries";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createNetwork } from "./create";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (name: string, ranges: string[]) =>
  execute(installation.db, createNetwork, operator(), { name, ranges }, NOW);

describe("making a network", () => {
  it("is for administrators", async () => {
    const input = (who: string) => ({ name: `of ${who}`, ranges: ["192.0.2.0/24"] });
    expect(await verdicts(installation, createNetwork, cast, input, NOW)).toEqual(ADMINS_ONLY);
  });

  it("keeps ranges in their canonical spelling, each once, and tells the log", async () => {
    const done = await create("office", ["2001:DB8::/32", "192.0.2.7", "192.0.2.7", "::ffff:10.0.0.0/104"]);
    const after = { name: "office", ranges: ["2001:db8::/32", "192.0.2.7", "10.0.0.0/8"], version: 1 };
    expect(done).toMatchObject({ value: { output: after } });
    expect(await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "network.created",
      detail: { before: null, after },
    });
  });

  it("refuses a taken name, a name like an address, and what is no range", async () => {
    await create("lab", ["192.0.2.0/24"]);
    expect(await create("lab", ["192.0.2.0/24"])).toMatchObject({ refusal: { code: "already_exists" } });
    expect(await create("10.0.0.0/8", ["192.0.2.0/24"])).toMatchObject({ refusal: { errors: [{ path: "name" }] } });
    expect(await create("bad", ["192.0.2.1/24"])).toMatchObject({ refusal: { errors: [{ path: "ranges.0" }] } });
    expect(await create("bad", ["office"])).toMatchObject({ refusal: { errors: [{ path: "ranges.0" }] } });
  });
});

describe("reading networks", () => {
  const query = networksQuery.parse({ q: "offi" });

  it("shows everybody the names, and the ranges to administrators and auditors only", async () => {
    for (const viewer of [cast.admin, cast.auditor]) {
      const list = await listNetworks(viewer, query);
      expect(list).toMatchObject({
        value: { items: [{ name: "office", ranges: ["2001:db8::/32", "192.0.2.7", "10.0.0.0/8"] }] },
      });
    }
    const list = await listNetworks(cast.user, query);
    const [item] = list.ok ? list.value.items : [];
    expect(Object.keys(item ?? {}).sort()).toEqual(["createdAt", "id", "name", "version"]);
    expect(await networkById(cast.user, item?.id)).toEqual({ ok: true, value: item });
  });

  it("shows whom a network limits its ranges too, and no others'", async () => {
    await create("vault", ["192.0.2.9"]);
    await installation.db.settings.updateMany({ data: { ceilingPersons: { ranges: ["vault"] } } });
    const list = await listNetworks(cast.user, networksQuery.parse({}));
    const seen = list.ok ? list.value.items.filter((item) => "ranges" in item) : [];
    expect(seen.map(({ name }) => name)).toEqual(["vault"]);
  });

  it("does not find what is no id", async () => {
    for (const id of ["office", "", undefined, "0190d4a5-0000-7000-8000-0000000000ff"]) {
      expect(await networkById(cast.admin, id)).toMatchObject({ refusal: { code: "not_found" } });
    }
  });
});
