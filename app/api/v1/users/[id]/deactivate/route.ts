import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { deactivateUser } from "#lib/users/commands/deactivate";

export const POST = endpoint(deactivateUser);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
