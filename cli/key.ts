import { ok } from "#lib/errors/error";
import { rotateKey } from "#lib/keys/commands/rotate";
import { KEY_PURPOSES } from "#lib/keys/key";
import { currentWrappingKey } from "#lib/keys/secrets";
import { flag, needed, oneOf, optional } from "./option";
import { makingSecret, verb } from "./verb";

/** Of the others nobody but the portal holds keys. */
const DERIVED = ["assertion"] as const;

export const key = {
  derive: makingSecret({
    about: "Print what wraps the keys of a purpose, for a verifier: LATCHKEY_ASSERTION_SECRET",
    options: { purpose: needed(optional(DERIVED.join("|"), "what the keys are for", oneOf(DERIVED))) },
    run: ({ purpose = "assertion" }, desk) =>
      desk.ask(async () => ok({ purpose, secret: currentWrappingKey(purpose).toString("base64") })),
  }),
  rotate: verb({
    about: "Let the next key of a purpose sign; what the one before made goes on being opened",
    options: {
      purpose: needed(optional(KEY_PURPOSES.join("|"), "what the key is for", oneOf(KEY_PURPOSES))),
      leaked: flag("the active key has leaked: at once, and it opens nothing more (session, assertion)"),
    },
    run: ({ purpose, leaked }, desk) => desk.run(rotateKey, ok({ purpose, leaked })),
  }),
};
