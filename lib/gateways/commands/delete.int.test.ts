import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { findGateway, pageOfGateways } from "../queries-pages";
import { createGateway } from "./create";
import { deleteGateway } from "./delete";

let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const made = (key: string) => {
  const input = { key, adapter: "nginx", applications: [] };
  return outputOf(execute(installation.db, createGateway, operator(), input, Date.now()));
};
const remove = (id: string) => execute(installation.db, deleteGateway, operator(), { id }, Date.now());
const count = (gatewayKey: string, reason: string, hour: number, count: bigint) =>
  installation.db.verificationCount.create({
    data: { gatewayKey, applicationKey: "jira", reason, auth: "token", hour: new Date(hour), count },
  });

describe("deleting a gateway", () => {
  it("is for administrators; others than auditors do not even see it", async () => {
    const input = async (who: string) => ({ id: (await made(`drop-${who.replace(" ", "-")}`)).id });
    expect(await verdicts(installation, deleteGateway, cast, input, Date.now())).toEqual({
      ...ADMINS_ONLY,
      user: "not_found",
    });
  });

  it("leaves nothing but a line in the log, and is not found a second time, also of two at once", async () => {
    const { id } = await made("gone");
    const both = await Promise.all([remove(id), remove(id)]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["done", "not_found"]);
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "gateway.deleted", subjectName: "gone", detail: { after: null } });
    expect(JSON.stringify(event.detail)).not.toMatch(/digest/i);
  });

  it("is refused once it has called: whoever makes one of its key would inherit its history", async () => {
    const heard = await made("heard");
    const data = { gatewayKey: "heard", lastContactAt: new Date(), lastAddress: "::1" };
    await installation.db.gatewayContact.create({ data });
    const counted = await made("counted");
    await count("counted", "allowed", 0, 1n);
    for (const { id } of [heard, counted]) {
      expect(await remove(id)).toMatchObject({ refusal: { code: "in_use", detail: expect.stringMatching("history") } });
    }
  });
});

describe("the page of gateways", () => {
  it("says what came of the last 24 hours, from where they called, and nothing to who may not see them", async () => {
    const { id } = await made("busy");
    const at = Date.now();
    const data = { gatewayKey: "busy", lastContactAt: new Date(at), lastAddress: "192.0.2.9" };
    await installation.db.gatewayContact.create({ data });
    await count("busy", "allowed", at - 3_600_000, 5n);
    await count("busy", "write_refused", at - 3_600_000, 9n);
    await count("busy", "allowed", at - 30 * 3_600_000, 100n);
    const page = await pageOfGateways(cast.auditor, { q: "busy", cursor: "nonsense" });
    const outcomes = [
      { reason: "write_refused", calls: 9, allowed: false },
      { reason: "allowed", calls: 5, allowed: true },
    ];
    expect(page.items).toMatchObject([{ key: "busy", lastAddress: "192.0.2.9", outcomes }]);
    expect((await pageOfGateways(cast.user, {})).items).toEqual([]);
    expect(await findGateway(cast.user, id)).toBeNull();
    expect(await findGateway(cast.admin, "x")).toBeNull();
    const found = await findGateway(cast.auditor, id);
    const configuration = found?.configuration;
    const files = configuration?.adapter === "nginx" ? configuration.files.folder : [];
    expect(files.map(({ path }) => path)).toContain("latchkey/server.conf");
    expect(found?.gateway.outcomes).toEqual(outcomes);
  });
});
