import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { deleteDelegation } from "#lib/delegations/commands/delete";
import { editDelegation } from "#lib/delegations/commands/edit";
import { delegationById } from "#lib/delegations/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => delegationById(viewer, id));
export const PATCH = endpoint(editDelegation);
export const DELETE = endpoint(deleteDelegation);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
