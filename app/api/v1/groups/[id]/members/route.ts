import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { addMembers } from "#lib/groups/commands/add-members";
import { removeMembers } from "#lib/groups/commands/remove-members";
import { listMembers, membersQuery } from "#lib/groups/queries-members";

export const GET = reading(membersQuery, (viewer, query, { id }) => listMembers(viewer, id, query));
export const PUT = endpoint(addMembers);
export const DELETE = endpoint(removeMembers);
export const { POST, PATCH, OPTIONS } = othersThan("GET", "PUT", "DELETE");
