import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { createDelegation } from "./create";

const NOW = Date.UTC(2026, 10, 22, 12);
const INPUT = {
  delegates: ["api-users"],
  powers: ["issue", "end"],
  scope: { serviceAccounts: true },
  issue: { maxLifetimeDays: 30, access: "read", applications: "all", maxActive: null },
};
let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());

const create = (input: object, actor: Parameters<typeof execute>[2] = operator(), now = NOW) =>
  execute(installation.db, createDelegation, actor, { ...INPUT, ...input }, now);

describe("making a delegation", () => {
  it("is for administrators, present within ten minutes", async () => {
    const input = (who: string) => ({ ...INPUT, name: `by ${who}` });
    expect(await verdicts(installation, createDelegation, cast, input, NOW)).toEqual(ADMINS_ONLY);
    const late = await create({ name: "late" }, cast.admin, NOW + 600_000);
    expect(late).toMatchObject({ refusal: { code: "step_up_required" } });
  });

  it("answers with the delegation whole, and tells the log the same", async () => {
    const done = await create({ name: "Robots", scope: { groups: ["admins"], serviceAccounts: true } });
    const after = {
      name: "Robots",
      delegates: ["api-users"],
      powers: ["issue", "end"],
      scope: { everyone: false, groups: ["admins"], serviceAccounts: true },
      issue: { ...INPUT.issue, defaultLifetimeDays: 30, requireRanges: false, ranges: [] },
      showSecret: false,
      version: 1,
    };
    expect(done).toMatchObject({ value: { output: after } });
    expect(await installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } })).toMatchObject({
      action: "delegation.created",
      detail: { before: null, after },
    });
  });

  it("refuses a taken name, also to one of two at once", async () => {
    const both = await Promise.all([create({ name: "twice" }), create({ name: "Twice" })]);
    expect(both.map((done) => (done.ok ? "done" : done.refusal.code)).sort()).toEqual(["already_exists", "done"]);
  });

  it("refuses what does not exist, each at its field", async () => {
    const pathsOf = async (input: object) => {
      const done = await create({ name: "odd", ...input });
      return done.ok ? [] : done.refusal.errors.map((error) => error.path);
    };
    expect(await pathsOf({ delegates: ["none"] })).toEqual(["delegates.0"]);
    expect(await pathsOf({ scope: { groups: ["admins", "none"] } })).toEqual(["scope.groups.1"]);
    expect(await pathsOf({ issue: { ...INPUT.issue, applications: ["jira"] } })).toEqual(["issue.applications.0"]);
    expect(await pathsOf({ issue: { ...INPUT.issue, ranges: ["lab"] } })).toEqual(["issue.ranges.0"]);
  });

  it("never reaches the portal itself, and never more than is enforced", async () => {
    const latchkey = await create({ name: "odd", issue: { ...INPUT.issue, applications: ["latchkey"] } });
    expect(latchkey).toMatchObject({ refusal: { code: "invalid_input", errors: [{ path: "issue.applications" }] } });
    const unused = await create({ name: "odd", issue: { ...INPUT.issue, endUnusedAfterDays: 10 } });
    expect(unused).toMatchObject({ refusal: { code: "not_enforced_yet" } });
    expect(await create({ name: "odd", powers: [] })).toMatchObject({ refusal: { errors: [{ path: "powers" }] } });
  });
});
