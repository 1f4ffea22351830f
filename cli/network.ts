import { createNetwork } from "#lib/networks/commands/create";
import { deleteNetwork } from "#lib/networks/commands/delete";
import { editNetwork } from "#lib/networks/commands/edit";
import { listNetworks, networkById, networksQuery } from "#lib/networks/queries";
import { changing, deleting } from "./changing";
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
  edit: changing({
    about: "Change the ranges or the name of a network; what is left out stays",
    command: editNetwork,
    find: networkById,
  }),
  delete: deleting("Delete a network that nothing names", deleteNetwork),
  list: list("The networks", networksQuery, listNetworks),
};
