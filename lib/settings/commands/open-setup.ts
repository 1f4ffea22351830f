import { z } from "zod";
import { defineCommand } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { newSetupCode, SETUP_CODE_MS, setupCodeDigest } from "../setup-code";
import { adminExists } from "../store";

const CLOSED = refuse("ended", "There has been an administrator: the set-up never opens again.");

/**
 * Opens the one-time set-up for an hour, replacing an earlier code. Refuses with `ended` once there has been an admin:
 * then never again. The output holds the code for the link, which is shown by the start and kept nowhere.
 */
export const openSetup = defineCommand({
  input: z.strictObject({}),
  door: ["system"],
  stepUp: false,
  administration: "untouched",
  prepare: async () => ok(newSetupCode()),
  subject: async ({ tx }) => {
    await tx.$executeRaw`SELECT id FROM setup WHERE id = 1 FOR UPDATE`;
    const setup = await tx.setup.findUnique({ where: { id: 1 }, select: { completedAt: true } });
    return ok(setup !== null && setup.completedAt === null && !(await adminExists(tx)));
  },
  allows: (_actor, opens) => (opens ? ok(undefined) : CLOSED),
  perform: async ({ tx, now, prepared: code }) => {
    const until = new Date(now + SETUP_CODE_MS);
    const data = { codeDigest: new Uint8Array(setupCodeDigest(code)), codeExpiresAt: until };
    await tx.setup.update({ where: { id: 1 }, data });
    const detail = { before: null, after: { until: until.toISOString() } };
    return ok({
      output: { code },
      events: [{ action: "setup.opened", subject: { id: null, name: "Latchkey" }, detail }],
    });
  },
  conflicts: {},
});
