import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createDelegation } from "#lib/delegations/commands/create";
import { delegationsQuery, listDelegations } from "#lib/delegations/queries";

export const GET = reading(delegationsQuery, listDelegations);
export const POST = endpoint(createDelegation, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
