import { ok } from "#lib/errors/error";
import { editSettings } from "#lib/settings/commands/edit";
import { readSettings } from "#lib/settings/queries";
import { readBody } from "./input";
import { JSON_BODY, repeated } from "./option";
import { verb } from "./verb";

export const settings = {
  show: verb({
    about: "What holds for the whole installation",
    options: {},
    run: (_given, desk) => desk.ask(readSettings),
  }),
  edit: verb({
    about: "Change that; what is left out stays",
    options: { range: repeated("CIDR|NETWORK", "from where requests pass at all"), json: JSON_BODY },
    // Whoever types this means what is there now; a version in the JSON is the one that was read.
    run: async ({ json, range: ranges }, desk) => {
      const body = await readBody(json, { ranges });
      if (!body.ok) return body;
      const current = await desk.ask(readSettings);
      return current.ok ? desk.run(editSettings, ok({ version: current.value.version, ...body.value })) : current;
    },
  }),
};
