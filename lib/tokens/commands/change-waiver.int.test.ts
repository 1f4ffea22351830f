import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { holdsTokensOf } from "#lib/tokens/queries";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedToken } from "#test/seeded";
import { changeWaiver } from "./change-waiver";

const NOW = Date.UTC(2026, 10, 22, 12);
const LATER = "2027-02-18T00:00:00.000Z";
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const waived = async (until = new Date(NOW + 1_000)) => {
  const { id: ownerId } = await installation.db.user.findFirstOrThrow({ where: { username: "otto" } });
  const waiver = { waiverUntil: until, waiverBy: "ann", waiverWhy: "a change", waiverAccess: "write" as const };
  return (await seedToken(installation.db, ownerId, { ...waiver, waiverApplications: ["jira"] })).id;
};
const change = (id: string, until: string | null, why = "", actor: Actor = operator()) =>
  execute(installation.db, changeWaiver, actor, { id, until, why }, NOW);
const bare = async (username: string) => {
  const { id: ownerId } = await installation.db.user.findFirstOrThrow({ where: { username } });
  return (await seedToken(installation.db, ownerId, { allApplications: false, applications: ["jira"], access: "read" }))
    .id;
};

describe("a waiver", () => {
  it("is changed by administrators alone; who does not see the token does not find it", async () => {
    const input = async () => ({ id: await waived(), until: LATER });
    const seen = await verdicts(installation, changeWaiver, cast, input, NOW);
    expect(seen).toEqual({ ...ADMINS_ONLY, user: "not_found" });
  });

  it("ends later with what it keeps, and the log says until when", async () => {
    const id = await waived();
    expect(await change(id, LATER)).toMatchObject({
      value: { output: { waiver: { until: LATER, keeps: { applications: ["jira"] } }, version: 2 } },
    });
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "token.waiver-changed", detail: { after: { waiverUntil: LATER } } });
  });

  it("ends now, whole, and once", async () => {
    const id = await waived();
    expect(await change(id, null)).toMatchObject({ value: { output: { waiver: null } } });
    expect(await installation.db.token.findUnique({ where: { id } })).toMatchObject({
      ...{ waiverUntil: null, waiverAccess: null, waiverApplications: [] },
    });
    expect(await change(id, null)).toMatchObject({ refusal: { code: "ended" } });
  });

  it("is given where there is none, with a reason, and keeps what the token says; the log tells why", async () => {
    const id = await bare("otto");
    expect(await change(id, LATER)).toMatchObject({ refusal: { errors: [{ path: "why" }] } });
    expect(await change(id, LATER, "Migration of the build")).toMatchObject({
      value: {
        output: {
          waiver: { until: LATER, why: "Migration of the build", keeps: { access: "read", applications: ["jira"] } },
        },
      },
    });
    const event = await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(event).toMatchObject({ action: "token.waiver-given", detail: { after: { why: "Migration of the build" } } });
  });

  it("is given by nobody to a token of their own, who may end one all the same", async () => {
    const { username } = cast.admin;
    const id = await bare(username);
    expect(await change(id, LATER, "For me", cast.admin)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await change(id, LATER, "For them")).toMatchObject({ ok: true });
    expect(await change(id, null, "", cast.admin)).toMatchObject({ value: { output: { waiver: null } } });
  });

  it("is given by nobody to a token of an account that they maintain, who may end one all the same", async () => {
    const { db } = installation;
    const account = await db.user.create({
      data: { username: "bot", usernameKey: "bot", displayName: "bot", kind: "service" },
    });
    await db.user.update({
      where: { id: account.id },
      data: { maintainers: { create: { userId: cast.admin.userId } } },
    });
    const id = await bare("bot");
    expect(await holdsTokensOf(cast.admin, account.id)).toBe(true);
    expect(await holdsTokensOf(operator(), account.id)).toBe(false);
    expect(await holdsTokensOf(cast.auditor, account.id)).toBe(false);
    expect(await change(id, LATER, "For it", cast.admin)).toMatchObject({ refusal: { code: "forbidden" } });
    expect(await change(id, LATER, "For it")).toMatchObject({ ok: true });
    expect(await change(id, null, "", cast.admin)).toMatchObject({ value: { output: { waiver: null } } });
  });

  it("takes no time that is past, and none where it is over already", async () => {
    expect(await change(await waived(), "2020-01-01T00:00:00Z")).toMatchObject({
      refusal: { errors: [{ path: "until" }] },
    });
    expect(await change(await waived(new Date(NOW)), LATER)).toMatchObject({ refusal: { code: "invalid_input" } });
    expect(await change(await waived(new Date(NOW)), null)).toMatchObject({ refusal: { code: "ended" } });
  });
});
