import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { resetFactors } from "#lib/factors/commands/reset";

export const POST = endpoint(resetFactors);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
