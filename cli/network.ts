import { createNetwork } from "#lib/networks/commands/create";
import { listNetworks, networksQuery } from "#lib/networks/queries";
import { readBody } from "./input";
import { field, JSON_BODY, optional, repeated } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

export const network = {
  create: verb({
    about: "Name a list of address ranges",
    options: {
      name: field(optional("N", "its name")),
      range: field(repeated("CIDR", "a range of it")),
      json: JSON_BODY,
    },
    run: async ({ json, name, range: ranges }, desk) => desk.run(createNetwork, await readBody(json, { name, ranges })),
  }),
  list: list("The networks", networksQuery, listNetworks),
};
