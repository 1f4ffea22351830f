import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { findMe } from "#lib/users/queries";

export const GET = reading(noQuery, findMe, { unproven: true });
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
