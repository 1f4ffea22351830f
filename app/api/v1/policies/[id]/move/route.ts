import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { movePolicy } from "#lib/policies/commands/move";

export const POST = endpoint(movePolicy);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
