import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { listOwnFactors } from "#lib/factors/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, listOwnFactors, { unproven: true });
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
