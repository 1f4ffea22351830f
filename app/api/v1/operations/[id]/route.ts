import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { showOperation } from "#lib/operations/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => showOperation(viewer, id));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
