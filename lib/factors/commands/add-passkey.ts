import { z } from "zod";
import { defineCommand } from "#lib/commands/command";
import { env } from "#lib/env";
import { ok, refuse } from "#lib/errors/error";
import { line } from "#lib/fields";
import { mayEnrol } from "../enrolling";
import { factorView } from "../factor";
import { challengeIn, madePasskey, registrationInput } from "../passkey";
import { lockFactorsOf, takeChallenge } from "../store";
import { afterEnrolment } from "../store-enrolled";

const NOT_ACCEPTED = "This passkey was not accepted. Begin again; it must ask for your PIN, finger or face.";

/** Adds a passkey that the browser has made for a challenge of ours. */
export const addPasskey = defineCommand({
  input: z.strictObject({ name: line(60).default(""), passkey: registrationInput }),
  door: ["session", "unproven"],
  stepUp: true,
  administration: "untouched",
  prepare: async ({ db, actor, now }, { passkey }) => {
    const challenge = challengeIn(passkey);
    const asked = challenge !== null && (await takeChallenge(db, actor.userId, "make", challenge, now));
    const made = asked ? await madePasskey(env().url, passkey, challenge) : null;
    return made === null
      ? refuse("invalid_input", NOT_ACCEPTED, [{ path: "passkey", message: NOT_ACCEPTED }])
      : ok(made);
  },
  subject: async ({ tx, actor }) => ok(await lockFactorsOf(tx, actor.userId)),
  allows: mayEnrol,
  perform: async ({ tx, actor, now, prepared }, factors, { name }) => {
    const at = new Date(now);
    const { credentialId, publicKey, counter, transports } = prepared;
    const row = await tx.secondFactor.create({
      data: {
        ...{ userId: actor.userId, kind: "passkey", name: name || "Passkey", createdAt: at, confirmedAt: at },
        ...{ credentialId, publicKey, counter, transports: [...transports] },
      },
    });
    return ok(await afterEnrolment(tx, actor, factorView(row), factors.length, now));
  },
  conflicts: {
    second_factors_credential_id_key: {
      code: "already_exists",
      path: "passkey",
      detail: "This passkey is in use already.",
    },
  },
});
