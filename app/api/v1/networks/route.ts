import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createNetwork } from "#lib/networks/commands/create";
import { listNetworks, networksQuery } from "#lib/networks/queries";

export const GET = reading(networksQuery, listNetworks);
export const POST = endpoint(createNetwork, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
