import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { impactOf } from "#lib/tokens/queries-impact";

export const GET = reading(noQuery, (viewer, _query, { id }) => impactOf(viewer, id));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
