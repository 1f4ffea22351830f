import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createGateway } from "#lib/gateways/commands/create";
import { gatewaysQuery, listGateways } from "#lib/gateways/queries";

export const GET = reading(gatewaysQuery, listGateways);
export const POST = endpoint(createGateway, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
