import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { readKeys } from "#lib/keys/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, readKeys);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
