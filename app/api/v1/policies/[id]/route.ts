import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { policyById } from "#lib/policies/queries";

export const GET = reading(noQuery, (viewer, _query, { id }) => policyById(viewer, id));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
