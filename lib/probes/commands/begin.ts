import { actorName } from "#lib/access/actor-name";
import { lockApplication } from "#lib/applications/store";
import { defineCommand, nothingToPrepare } from "#lib/commands/command";
import { byRole } from "#lib/commands/rules";
import { ok } from "#lib/errors/error";
import { doorText } from "../aim";
import { planProbes } from "../plan";
import { beginProbesInput } from "../probe-schema";
import { beginRun, countRunning, readGateways, readRun } from "../store";

const mayTry = byRole("gateways.write", "Only administrators try how an application is connected.");

/**
 * Begins to try how an application is connected: decides where will be asked, and that nobody else does meanwhile. What
 * is asked, is asked afterwards (lib/jobs/probing), since no transaction may wait for it.
 */
export const beginProbes = defineCommand({
  input: beginProbesInput,
  door: ["session", "token"],
  stepUp: false,
  administration: "untouched",
  prepare: nothingToPrepare,
  subject: async ({ tx, actor, now }, { id }) => {
    const application = await lockApplication(tx, id);
    if (!application.ok) return application;
    const { all } = await readGateways(tx, id);
    const name = await tx.userName.findFirst({
      where: { userId: actor.userId, applicationId: id },
      select: { name: true },
    });
    return ok({
      application: application.value,
      gateways: all,
      last: await readRun(tx, id),
      running: await countRunning(tx, id, now),
      owner: name?.name ?? actor.username,
    });
  },
  allows: (actor, subject, input, now) => {
    const may = mayTry(actor);
    return may.ok ? planProbes(subject, input, now) : may;
  },
  perform: async ({ tx, actor, now, permitted }, { application, owner }, { id }) => {
    const { aim, upstream } = permitted;
    const url = `${aim.origin}${aim.context}`;
    await beginRun(tx, id, { url, by: actorName(actor) }, now);
    const after = { url, upstream: upstream === null ? null : doorText(upstream) };
    const subject = { id, name: application.key };
    return ok({
      output: { application, owner, aim, upstream, begun: now },
      events: [{ action: "application.probing-begun", subject, detail: { before: null, after } }],
    });
  },
  conflicts: {},
});
