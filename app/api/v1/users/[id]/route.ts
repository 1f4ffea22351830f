import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { deleteUser } from "#lib/users/commands/delete";
import { editUser } from "#lib/users/commands/edit";
import { userById } from "#lib/users/queries";

export const GET = reading(noQuery, (viewer, _query, { id }) => userById(viewer, id));
export const PATCH = endpoint(editUser);
export const DELETE = endpoint(deleteUser);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
