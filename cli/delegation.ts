import { createDelegation } from "#lib/delegations/commands/create";
import { delegationsQuery, listDelegations } from "#lib/delegations/queries";
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
  list: list("The delegations", delegationsQuery, listDelegations),
};
