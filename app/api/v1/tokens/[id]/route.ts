import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { tokenById } from "#lib/tokens/queries";

export const GET = reading(noQuery, (viewer, _query, { id }) => tokenById(viewer, id));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
