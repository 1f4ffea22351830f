import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { deleteGateway } from "#lib/gateways/commands/delete";
import { editGateway } from "#lib/gateways/commands/edit";
import { gatewayById } from "#lib/gateways/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => gatewayById(viewer, id));
export const PATCH = endpoint(editGateway);
export const DELETE = endpoint(deleteGateway);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
