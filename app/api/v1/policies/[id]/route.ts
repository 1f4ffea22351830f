import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { deletePolicy } from "#lib/policies/commands/delete";
import { editPolicy } from "#lib/policies/commands/edit";
import { policyById } from "#lib/policies/queries";

export const GET = reading(noQuery, (viewer, _query, { id }) => policyById(viewer, id));
export const PATCH = endpoint(editPolicy);
export const DELETE = endpoint(deletePolicy);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
