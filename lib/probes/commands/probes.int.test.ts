import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { ADMINS_ONLY, type Cast, castOf, verdicts } from "#test/actors";
import { createInstallation, type TestInstallation } from "#test/installation";
import { seedApplication, seedGateway } from "#test/seeded";
import { LONGEST_RUN_MS, MOST_RUNNING, PAUSE_MS, type ProbeResult } from "../probe";
import { lastProbeRun } from "../queries";
import { beginProbes } from "./begin";
import { finishProbes } from "./finish";

const NOW = Date.UTC(2026, 10, 22, 12);
const RESULTS: readonly ProbeResult[] = [{ probe: "browser", outcome: "failed", sentence: "It is dead." }];
/** Nobody tries it at the command line: there is no page to look at. */
const BY_ADMINISTRATORS = { ...ADMINS_ONLY, cli: "forbidden" };

let installation: TestInstallation;
let cast: Cast;
beforeAll(async () => {
  installation = await createInstallation(NOW);
  cast = await castOf(installation);
});
afterAll(() => installation.close());
// Runs of other tests would count among those that go on.
beforeEach(() => installation.db.probeRun.deleteMany());

/** An application that a gateway asks about. */
async function connected(key: string): Promise<string> {
  const id = await seedApplication(installation.db, key);
  await seedGateway(installation.db, `gw-${key}`, key, [id]);
  return id;
}
const begin = (id: string, now = NOW, more: object = {}) =>
  execute(installation.db, beginProbes, cast.admin, { id, ...more }, now);
const finish = (id: string, begun: number, now = NOW + 1_000, results = RESULTS) =>
  execute(installation.db, finishProbes, cast.admin, { id, begun, results }, now);
const codeOf = (done: Awaited<ReturnType<typeof begin | typeof finish>>) => (done.ok ? "done" : done.refusal.code);
const lastEvent = () => installation.db.auditEvent.findFirstOrThrow({ orderBy: { seq: "desc" } });

describe("beginning to try a connection", () => {
  it("is for administrators", async () => {
    const input = async (who: string) => ({ id: await connected(`by-${who.replace(" ", "-")}`) });
    expect(await verdicts(installation, beginProbes, cast, input, NOW)).toEqual(BY_ADMINISTRATORS);
  });

  it("is told to the log, with what will be asked", async () => {
    const id = await connected("told");
    expect(codeOf(await begin(id, NOW, { upstream: "10.0.0.5:8080" }))).toBe("done");
    expect(await lastEvent()).toMatchObject({
      ...{ action: "application.probing-begun", subjectId: id, subjectName: "told" },
      detail: { before: null, after: { url: "https://told.corp", upstream: "10.0.0.5:8080" } },
    });
  });

  it("is done once at a time, by whoever comes first", async () => {
    const id = await connected("race");
    const came = await Promise.all([begin(id), begin(id), begin(id)]);
    expect(came.map(codeOf).sort()).toEqual(["done", "too_many_requests", "too_many_requests"]);
  });

  it("is done again after a pause, or when a run never came to an end", async () => {
    const id = await connected("again");
    await begin(id);
    expect(codeOf(await begin(id, NOW + LONGEST_RUN_MS - 1))).toBe("too_many_requests");
    expect(codeOf(await begin(id, NOW + LONGEST_RUN_MS))).toBe("done");
    await finish(id, NOW + LONGEST_RUN_MS, NOW + LONGEST_RUN_MS + 1);
    expect(codeOf(await begin(id, NOW + LONGEST_RUN_MS + PAUSE_MS - 1))).toBe("too_many_requests");
    expect(codeOf(await begin(id, NOW + LONGEST_RUN_MS + PAUSE_MS))).toBe("done");
  });

  it("is done for so many applications at a time, and for more when these are over", async () => {
    const ids: string[] = [];
    for (let n = 0; n <= MOST_RUNNING; n += 1) ids.push(await connected(`many-${n}`));
    const codes: string[] = [];
    for (const id of ids) codes.push(codeOf(await begin(id)));
    expect(codes).toEqual([...ids.slice(1).map(() => "done"), "too_many_requests"]);
    const [first = "", last = ""] = [ids[0], ids.at(-1)];
    expect(codeOf(await finish(first, NOW))).toBe("done");
    expect(codeOf(await begin(last, NOW + 1))).toBe("done");
  });

  it("is refused where nothing stands in front, and for the portal itself", async () => {
    const alone = await seedApplication(installation.db, "alone");
    expect(codeOf(await begin(alone))).toBe("invalid_input");
    const own = await installation.db.application.findUniqueOrThrow({ where: { key: "latchkey" } });
    expect(codeOf(await begin(own.id))).toBe("not_found");
    expect(codeOf(await begin("0190d4a5-0000-7000-8000-00000000dead"))).toBe("not_found");
  });

  it("takes no more than it says", async () => {
    const id = await connected("bounded");
    expect(codeOf(await begin(id, NOW, { url: `https://bounded.corp:${"1".repeat(600)}` }))).toBe("invalid_input");
    expect(codeOf(await begin(id, NOW, { upstream: "a".repeat(300) }))).toBe("invalid_input");
    expect(codeOf(await begin(id, NOW, { path: "/admin" }))).toBe("invalid_input");
    expect(codeOf(await begin(id, NOW, { url: ["https://bounded.corp"] }))).toBe("invalid_input");
  });
});

describe("the end of a run", () => {
  it("is kept for the page, and the log counts it", async () => {
    const id = await connected("kept");
    await begin(id);
    expect(codeOf(await finish(id, NOW))).toBe("done");
    const run = { by: "ann", begunAt: new Date(NOW).toISOString(), results: RESULTS, url: "https://kept.corp" };
    expect(await lastProbeRun(cast.auditor, id)).toMatchObject(run);
    expect(await lastEvent()).toMatchObject({
      action: "application.probed",
      detail: { after: { passed: [], failed: ["browser"], unknown: [] } },
    });
  });

  it("is not noted twice, nor over a run that began later", async () => {
    const id = await connected("late");
    await begin(id);
    await begin(id, NOW + LONGEST_RUN_MS);
    expect(codeOf(await finish(id, NOW))).toBe("ended");
    expect(codeOf(await finish(id, NOW + LONGEST_RUN_MS, NOW + LONGEST_RUN_MS + 1))).toBe("done");
    expect(codeOf(await finish(id, NOW + LONGEST_RUN_MS, NOW + LONGEST_RUN_MS + 2))).toBe("ended");
  });

  it("is shown to administrators and auditors, and to nobody else", async () => {
    const id = await connected("shown");
    await begin(id);
    expect(await lastProbeRun(cast.admin, id)).toMatchObject({ endedAt: null, results: [] });
    expect(await lastProbeRun(cast.user, id)).toBeNull();
    expect(await lastProbeRun(cast.admin, "nonsense")).toBeNull();
    expect(await lastProbeRun(operator(), id)).not.toBeNull();
  });

  it("goes with its application", async () => {
    const id = await connected("gone");
    await begin(id);
    await installation.db.gatewayApplication.deleteMany({ where: { applicationId: id } });
    await installation.db.application.delete({ where: { id } });
    expect(await lastProbeRun(cast.admin, id)).toBeNull();
    expect(codeOf(await finish(id, NOW))).toBe("not_found");
  });
});
