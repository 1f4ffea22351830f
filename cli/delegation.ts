import { createDelegation } from "#lib/delegations/commands/create";
import { deleteDelegation } from "#lib/delegations/commands/delete";
import { editDelegation } from "#lib/delegations/commands/edit";
import { delegationById, delegationsQuery, listDelegations } from "#lib/delegations/queries";
import { changing, deletingRule } from "./changing";
import { readBody } from "./input";
import { JSON_BODY, needed } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

export const delegation = {
  create: verb({
    about: "Give the members of groups power over other people's tokens",
    options: { json: needed(JSON_BODY) },
    run: async ({ json }, desk) => desk.run(createDelegation, await readBody(json, {})),
  }),
  edit: changing({
    about: "Change a delegation, also for the tokens that were issued under it; what is left out stays",
    command: editDelegation,
    find: delegationById,
  }),
  delete: deletingRule({
    about: "Delete a delegation",
    command: deleteDelegation,
    find: delegationById,
  }),
  list: list("The delegations", delegationsQuery, listDelegations),
};
