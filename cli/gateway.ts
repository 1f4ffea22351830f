import { createGateway } from "#lib/gateways/commands/create";
import { deleteGateway } from "#lib/gateways/commands/delete";
import { editGateway } from "#lib/gateways/commands/edit";
import { rotateGatewaySecret } from "#lib/gateways/commands/rotate-secret";
import { GATEWAY_ADAPTERS } from "#lib/gateways/gateway";
import { gatewayById, gatewayByKey, gatewaysQuery, listGateways } from "#lib/gateways/queries";
import { changing, deleting } from "./changing";
import { readBody } from "./input";
import { field, JSON_BODY, oneOf, optional, repeated, required, whole } from "./option";
import { list } from "./paging";
import { makingSecret } from "./verb";

export const gateway = {
  create: makingSecret({
    about: "Make a gateway; prints its secret, once",
    options: {
      key: field(optional("KEY", "what it is named by; never changes")),
      adapter: field(optional(GATEWAY_ADAPTERS.join("|"), "how it asks", oneOf(GATEWAY_ADAPTERS))),
      application: field(repeated("KEY", "an application behind it")),
      peer: repeated("CIDR", "where it calls from; preset: this machine only"),
      trustedHops: optional("N", "proxies in front of it", whole),
      trustedRange: repeated("CIDR", "where those proxies are"),
      json: JSON_BODY,
    },
    run: async ({ json, application: applications, peer: peers, trustedRange: trustedRanges, ...given }, desk) =>
      desk.run(createGateway, await readBody(json, { ...given, applications, peers, trustedRanges })),
  }),
  "rotate-secret": makingSecret({
    about: "Give a gateway a new secret; the old one works for another day",
    options: { key: required("KEY", "which") },
    run: ({ key }, desk) => desk.runOn(rotateGatewaySecret, (viewer) => gatewayByKey(viewer, key)),
  }),
  edit: changing({ about: "Change a gateway; what is left out stays", command: editGateway, find: gatewayById }),
  delete: deleting("Delete a gateway that has never called", deleteGateway),
  list: list("The gateways", gatewaysQuery, listGateways),
};
