import { ok } from "#lib/errors/error";
import { rotateKey } from "#lib/keys/commands/rotate";
import { KEY_PURPOSES } from "#lib/keys/key";
import { needed, oneOf, optional } from "./option";
import { verb } from "./verb";

export const key = {
  rotate: verb({
    about: "Let the next key of a purpose sign; what the one before made goes on being opened",
    options: { purpose: needed(optional(KEY_PURPOSES.join("|"), "what the key is for", oneOf(KEY_PURPOSES))) },
    run: ({ purpose }, desk) => desk.run(rotateKey, ok({ purpose })),
  }),
};
