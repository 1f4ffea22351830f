import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { completeSetup } from "#lib/users/commands/complete-setup";

export const POST = endpoint(completeSetup, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
