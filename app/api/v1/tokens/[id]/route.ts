import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { editToken } from "#lib/tokens/commands/edit";
import { tokenById } from "#lib/tokens/queries";

export const GET = reading(noQuery, (viewer, _query, { id }) => tokenById(viewer, id));
export const PATCH = endpoint(editToken);
export const { POST, PUT, DELETE, OPTIONS } = othersThan("GET", "PATCH");
