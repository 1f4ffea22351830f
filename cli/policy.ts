import { createPolicy } from "#lib/policies/commands/create";
import { listPolicies, policiesQuery } from "#lib/policies/queries";
import { readBody } from "./input";
import { JSON_BODY, needed } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

export const policy = {
  create: verb({
    about: "Make a tier",
    options: { json: needed(JSON_BODY) },
    run: async ({ json }, desk) => desk.run(createPolicy, await readBody(json, {})),
  }),
  list: list("The tiers, the one that decides first on top", policiesQuery, listPolicies),
};
