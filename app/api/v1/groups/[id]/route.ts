import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { deleteGroup } from "#lib/groups/commands/delete";
import { editGroup } from "#lib/groups/commands/edit";
import { groupById } from "#lib/groups/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => groupById(viewer, id));
export const PATCH = endpoint(editGroup);
export const DELETE = endpoint(deleteGroup);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
