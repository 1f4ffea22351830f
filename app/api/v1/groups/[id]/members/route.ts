import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { addMembers } from "#lib/groups/commands/add-members";
import { removeMembers } from "#lib/groups/commands/remove-members";

export const PUT = endpoint(addMembers);
export const DELETE = endpoint(removeMembers);
export const { GET, POST, PATCH, OPTIONS } = othersThan("PUT", "DELETE");
