import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { withoutParameters } from "#lib/commands/without-parameters";
import { editGateway } from "#lib/gateways/commands/edit";
import { gatewayById } from "#lib/gateways/queries";

export const GET = reading(withoutParameters, (viewer, _query, { id }) => gatewayById(viewer, id));
export const PATCH = endpoint(editGateway);
export const { POST, PUT, DELETE } = othersThan("GET", "PATCH");
