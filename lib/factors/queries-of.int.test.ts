import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, castOf } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { factorsOfPerson } from "./queries-of";

const NOW = Date.UTC(2026, 10, 22, 12);
let installation: TestInstallation;
let cast: Cast;
let id: string;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
  ({ id } = await installation.person("phoebe"));
  const at = new Date(NOW);
  const sealed = { kid: "k", sealed: new Uint8Array([1, 2, 3]) };
  await installation.db.secondFactor.createMany({
    data: [
      { userId: id, kind: "totp", name: "Phone", createdAt: at, confirmedAt: at, ...sealed },
      { userId: id, kind: "totp", name: "Half set up", createdAt: at, ...sealed },
    ],
  });
});
afterAll(() => installation.close());

describe("the second factors of somebody", () => {
  it("are seen by administrators and auditors: those that are set up, and nothing secret", async () => {
    for (const viewer of [cast.admin, cast.auditor]) {
      const seen = await factorsOfPerson(viewer, id);
      expect(seen).toEqual([
        {
          id: expect.any(String),
          kind: "totp",
          name: "Phone",
          createdAt: "2026-11-22T12:00:00.000Z",
          lastUsedAt: null,
        },
      ]);
    }
  });

  it("are none for everybody else, for who has none, and for what is no id", async () => {
    expect(await factorsOfPerson(cast.user, id)).toEqual([]);
    expect(await factorsOfPerson(cast.admin, "'; --")).toEqual([]);
    expect(await factorsOfPerson(cast.admin, "0190d4a5-0000-7000-8000-00000000000a")).toEqual([]);
  });
});
