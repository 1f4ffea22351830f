import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { readQuarantine } from "#lib/journal/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, readQuarantine);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
