import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInstallation, type TestInstallation } from "#test/installation";
import type { WantedName } from "./name";
import { claimNames } from "./store-names";

let installation: TestInstallation;
let ada: string;
beforeAll(async () => {
  installation = await createInstallation();
  ada = (await installation.person("Ada")).id;
  await installation.db.userAlias.create({ data: { key: "ada@example.com", alias: "Ada@Example.com", userId: ada } });
});
afterAll(() => installation.close());

const wanted = (name: string, path = "username"): WantedName => ({ name, path });
const claim = (username: string, ...others: string[]) =>
  installation.db.$transaction((tx) =>
    claimNames(
      tx,
      wanted(username),
      others.map((name, at) => wanted(name, `aliases.${at}`)),
      null,
    ),
  );

describe("names by which somebody is to be known", () => {
  it("are stored once each, as typed, without those that lead to the username anyway", async () => {
    expect(await claim("Eve", "eve@example.com", "EVE", "Eve@Example.com")).toEqual({
      ok: true,
      value: [{ key: "eve@example.com", alias: "Eve@Example.com" }],
    });
  });

  it.each([
    ["a username", "ADA", []],
    ["somebody's alias, as a username", "ada@EXAMPLE.com", []],
    ["a username, as an alias", "eve", ["aDa"]],
    ["an alias of somebody else", "eve", ["ada@example.com"]],
  ])("cannot be %s that is taken, in whatever letters", async (_what, username, others) => {
    expect(await claim(username, ...others)).toMatchObject({
      refusal: { code: "already_exists", errors: [{ path: others.length === 0 ? "username" : "aliases.0" }] },
    });
  });

  it("are refused each at its own field, all at once", async () => {
    const refused = await claim("ada", "free", "Ada@example.com");
    expect(refused).toMatchObject({ refusal: { errors: [{ path: "username" }, { path: "aliases.1" }] } });
  });

  it("are the same name in one or two code points", async () => {
    await installation.person("Ängela");
    expect(await claim("a\u0308ngela")).toMatchObject({ refusal: { code: "already_exists" } });
  });

  it("that are one's own already are no trouble to oneself, and stay refused to others", async () => {
    const keep = (ownId: string | null) =>
      installation.db.$transaction((tx) => claimNames(tx, wanted("ADA"), [wanted("ada@example.com")], ownId));
    expect(await keep(ada)).toMatchObject({ ok: true });
    expect(await keep((await installation.person("bob")).id)).toMatchObject({ refusal: { code: "already_exists" } });
  });

  it("of two at the same moment go to one: as username to the first, as alias to nobody else", async () => {
    const take = (id: number) =>
      installation.db.$transaction(async (tx) => {
        const claimed = await claimNames(tx, wanted(`racer-${id}`), [wanted("shared", "aliases.0")], null);
        if (!claimed.ok) return claimed.refusal.code;
        for (const { key, alias } of claimed.value) await tx.userAlias.create({ data: { key, alias, userId: ada } });
        return "mine";
      });
    const said = await Promise.all([1, 2, 3, 4].map(take));
    expect(said.toSorted()).toEqual(["already_exists", "already_exists", "already_exists", "mine"]);
  });
});
