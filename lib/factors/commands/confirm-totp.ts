import { z } from "zod";
import { claimCode, forgiveAttempts } from "#lib/auth/throttle";
import { defineCommand } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { id } from "#lib/fields";
import { mayEnrol } from "../enrolling";
import { factorView, SET_UP_MS } from "../factor";
import { codeField } from "../shown";
import { lockFactorsOf, totpsOf } from "../store";
import { afterEnrolment } from "../store-enrolled";
import { matchingStep } from "../totp";

const NOT_BEGUN = "This set-up is over. Begin again, with a new QR code.";
const WRONG = "This is not the code that the app shows now. See that the clock of your phone is right.";

/** The first code of an authenticator app: from now on it is one. With the first factor come the recovery codes. */
export const confirmTotp = defineCommand({
  input: z.strictObject({ id, code: codeField }),
  door: ["session", "unproven"],
  stepUp: true,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { id, code }) => {
    const attempt = { account: actor.userId, address: actor.address, knownAddress: false };
    const claimed = await claimCode(db, attempt, now);
    if (!claimed.ok) return claimed;
    const begun = (await totpsOf(db, actor.userId, false, now)).find((each) => each.id === id);
    if (begun === undefined || now - begun.createdAt.getTime() >= SET_UP_MS) return refuse("not_found", NOT_BEGUN);
    const step = matchingStep(begun.secret, code.replace(/\s/g, ""), null, now);
    if (step === null) return refuse("invalid_input", WRONG, [{ path: "code", message: WRONG }]);
    await forgiveAttempts(db, attempt, now);
    return ok({ step });
  },
  subject: async ({ tx, actor }) => ok(await lockFactorsOf(tx, actor.userId)),
  allows: mayEnrol,
  perform: async ({ tx, actor, now, prepared: { step } }, factors, { id }) => {
    const at = new Date(now);
    const where = { id, userId: actor.userId, confirmedAt: null };
    const data = { confirmedAt: at, lastUsedAt: at, lastStep: step };
    if ((await tx.secondFactor.updateMany({ where, data })).count === 0) return refuse("not_found", NOT_BEGUN);
    const factor = factorView(await tx.secondFactor.findUniqueOrThrow({ where: { id } }));
    return ok(await afterEnrolment(tx, actor, factor, factors.length, now));
  },
  conflicts: {},
});
