import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createGroup } from "#lib/groups/commands/create";
import { groupsQuery, listGroups } from "#lib/groups/queries";

export const GET = reading(groupsQuery, listGroups);
export const POST = endpoint(createGroup, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
