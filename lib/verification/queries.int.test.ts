import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApplication } from "#lib/applications/commands/create";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { createGateway } from "#lib/gateways/commands/create";
import { createToken } from "#lib/tokens/commands/create";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { type Cast, castOf } from "#test/actors";
import { outputOf } from "#test/api";
import { createInstallation, type TestInstallation } from "#test/installation";
import { explainInput, explainRequest } from "./queries";

let installation: TestInstallation;
let cast: Cast;
let secret: string;
let id: string;
beforeAll(async () => {
  installation = await createInstallation();
  cast = await castOf(installation);
  const { db, person, viewer } = installation;
  const jira = { key: "jira", name: "Jira", kind: "jira", routes: [{ host: "jira.test" }] };
  await outputOf(execute(db, createApplication, operator(), jira, Date.now()));
  const gateway = { key: "gw", adapter: "nginx", applications: ["jira"] };
  await outputOf(execute(db, createGateway, operator(), gateway, Date.now()));
  await person("pia", ["api-users"]);
  const wish = { name: "t", applications: ["jira"], access: "read" };
  const made = await outputOf(execute(db, createToken, await viewer("pia"), wish, Date.now()));
  secret = made.secret;
  id = made.token.id;
});
afterAll(() => installation.close());

const question = (some: object = {}) =>
  explainInput.parse({
    gateway: "gw",
    method: "GET",
    uri: "/rest/api/2/myself",
    host: "jira.test",
    proto: "https",
    clientIp: "192.0.2.7",
    headers: { Authorization: `Bearer ${secret}` },
    ...some,
  });

const failing = async (some: object, viewer = operator() as Parameters<typeof explainRequest>[0]) => {
  const done = await explainRequest(viewer, question(some));
  if (!done.ok) return done.refusal.code;
  const { allowed, reason, steps } = done.value;
  return { allowed, reason, failed: steps.filter((each) => each.outcome === "failed").map((each) => each.step) };
};

describe("explaining a request", () => {
  it("takes the gateway of the host; a host of which none asks is said to be unknown, not the gateway to be wrong", async () => {
    expect(await failing({ gateway: undefined })).toEqual({ allowed: true, reason: "allowed", failed: [] });
    expect(await failing({ gateway: undefined, host: "nowhere.test" })).toMatchObject({
      reason: "application_unknown",
      failed: [4],
    });
  });

  it("tells all steps of one that would pass", async () => {
    const done = await explainRequest(operator(), question());
    expect(done).toMatchObject({ value: { allowed: true, status: 200, reason: "allowed" } });
    const steps = done.ok ? done.value.steps : [];
    expect(steps.map((each) => each.step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(Object.keys(steps[0] ?? {}).sort()).toEqual(["detail", "name", "outcome", "remedy", "rule", "step"]);
  });

  it("names the step that refuses, and what the verifier would call it", async () => {
    expect(await failing({ method: "POST", uri: "/rest/api/2/issue" })).toMatchObject({ allowed: false, failed: [16] });
    expect(await failing({ host: "other.test" })).toMatchObject({ failed: [4], reason: "application_unknown" });
    expect(await failing({ uri: "/a/../b" })).toMatchObject({ failed: [3] });
    expect(await failing({ gateway: "nowhere" })).toMatchObject({ failed: [1] });
    expect(await failing({ headers: { Authorization: "Bearer lk_x" } })).toMatchObject({ failed: [7] });
  });

  it("judges by the clock of the time that is said, and by the facts of now", async () => {
    const { expiresAt } = await installation.db.token.findUniqueOrThrow({ where: { id } });
    const end = expiresAt?.getTime() ?? 0;
    const sent = (at: number) => failing({ at: new Date(at).toISOString() });
    expect(await sent(end - 1)).toMatchObject({ allowed: true });
    expect(await sent(end)).toMatchObject({ reason: "token_expired", failed: [10] });
    expect(await failing({ at: new Date(end).toISOString(), headers: {}, tokenId: id })).toMatchObject({
      failed: [10],
    });
  });

  it("judges by the facts of now", async () => {
    await outputOf(execute(installation.db, revokeToken, operator(), { id }, Date.now()));
    expect(await failing({})).toMatchObject({ allowed: false, failed: [10], reason: "token_revoked" });
  });

  it("is for administrators and auditors; for others about tokens of their own", async () => {
    const pia = await installation.viewer("pia");
    expect(await failing({}, cast.auditor)).toMatchObject({ failed: [10] });
    expect(await failing({}, pia)).toMatchObject({ failed: [10] });
    expect(await failing({}, cast.user)).toBe("forbidden");
    expect(await failing({ headers: {} }, pia)).toBe("forbidden");
  });

  it("leaves nothing behind: no use, no event, no change", async () => {
    const count = async () => {
      const { db } = installation;
      const head = await db.changeHead.findUniqueOrThrow({ where: { id: 1 } });
      return [head.seq, head.auditSeq, await db.tokenUsage.count(), await db.credentialSighting.count()];
    };
    const before = await count();
    await failing({});
    await failing({ headers: { Authorization: "Basic eDp5" } });
    expect(await count()).toEqual(before);
  });

  it.each([
    { method: "" },
    { uri: undefined },
    { clientIp: 7 },
    { headers: { "a b": "x" } },
    { headers: { a: "x\r\ny" } },
    { gateway: "GW" },
    { at: "tomorrow" },
    { at: 1_800_000_000_000 },
    { more: 1 },
  ])("refuses what is no question: %j", (odd) => {
    expect(() => question(odd)).toThrow();
  });

  it("takes a token that one sees instead of its secret, and the gateway from the host", async () => {
    const picked = { headers: {}, tokenId: id, gateway: undefined };
    expect(await failing(picked)).toMatchObject({ reason: expect.stringMatching(/allowed|token_revoked/) });
    const own = await installation.viewer("pia");
    expect(await failing({ ...picked, method: "POST", uri: "/rest/api/2/issue" }, own)).not.toBe("not_found");
    const done = await explainRequest(own, question(picked));
    expect(done).toMatchObject({ value: { about: { gateway: "gw", application: "jira", tokenId: id } } });
    expect(JSON.stringify(done)).not.toMatch(/lk_[0-9A-Za-z]{38}/);
  });

  it("does not find a token that is not the viewer's, nor one beside another credential", async () => {
    const picked = { headers: {}, tokenId: id };
    expect(await failing(picked, cast.user)).toBe("not_found");
    expect(await failing({ ...picked, tokenId: "0190d4a5-0000-7000-8000-0000000000ff" })).toBe("not_found");
    expect(await failing({ tokenId: id })).toBe("invalid_input");
  });
});
