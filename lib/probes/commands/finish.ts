import { lockApplication } from "#lib/applications/store";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { ok, refuse } from "#lib/errors/error";
import type { Outcome, ProbeResult } from "../probe";
import { finishProbesInput } from "../probe-schema";
import { endRun, readRun } from "../store";

const OVER = refuse("ended", "This run took too long, and another one has begun. Look at what that one found.");

const named = (results: readonly ProbeResult[], which: Outcome) =>
  results.filter(({ outcome }) => outcome === which).map(({ probe }) => probe);

/** Notes what became of a run, for the page and the log. Refuses `ended` where another run has begun meanwhile. */
export const finishProbes = defineCommand({
  input: finishProbesInput,
  door: ["session", "token"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: ({ tx }, { id }) => lockApplication(tx, id),
  allows: byRole("gateways.write", "Only administrators try how an application is connected."),
  perform: async ({ tx, now }, application, { id, begun, results }) => {
    if (!(await endRun(tx, id, begun, results, now))) return OVER;
    const output = await readRun(tx, id);
    if (output === null) return OVER;
    const after = {
      url: output.url,
      passed: named(results, "passed"),
      failed: named(results, "failed"),
      unknown: named(results, "unknown"),
    };
    const subject = { id, name: application.key };
    return ok({ output, events: [{ action: "application.probed", subject, detail: { before: null, after } }] });
  },
  conflicts: {},
});
