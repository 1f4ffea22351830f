import { createPolicy } from "#lib/policies/commands/create";
import { editPolicy } from "#lib/policies/commands/edit";
import { listPolicies, policiesQuery, policyById } from "#lib/policies/queries";
import { changing } from "./changing";
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
  edit: changing({
    about: "Change a tier for all its members; what is left out stays",
    command: editPolicy,
    find: policyById,
  }),
  list: list("The tiers, the one that decides first on top", policiesQuery, listPolicies),
};
