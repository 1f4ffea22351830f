import { ok } from "#lib/errors/error";
import { REVOCATION_REASONS } from "#lib/tokens/acting/revocation";
import { OVERLAPS } from "#lib/tokens/acting/rotation";
import { resumeToken } from "#lib/tokens/commands/resume";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { rotateToken } from "#lib/tokens/commands/rotate";
import { suspendToken } from "#lib/tokens/commands/suspend";
import { flag, oneOf, optional, required } from "./option";
import { makingSecret, verb } from "./verb";

const id = required("ID", "which");
const note = optional("T", "a note beside it");

/** What is done with a token that exists. */
export const ending = {
  revoke: verb({
    about: "End a token for good (the other one of a rotating pair too)",
    options: {
      id,
      reason: optional("R", `preset no_longer_needed; ${REVOCATION_REASONS.join(", ")}`, oneOf(REVOCATION_REASONS)),
      note,
      only: flag("only this one of a rotating pair"),
    },
    run: (given, desk) => desk.run(revokeToken, ok(given)),
  }),
  suspend: verb({
    about: "Stop a token until it is resumed",
    options: { id, note },
    run: (given, desk) => desk.run(suspendToken, ok(given)),
  }),
  resume: verb({
    about: "Let a suspended token work again",
    options: { id },
    run: (given, desk) => desk.run(resumeToken, ok(given)),
  }),
  rotate: makingSecret({
    about: "Replace a secret; prints the new one, once",
    options: {
      id,
      overlap: optional(OVERLAPS.join("|"), "how long the old one still works; preset: 24h", oneOf(OVERLAPS)),
    },
    run: (given, desk) => desk.run(rotateToken, ok(given)),
  }),
};
