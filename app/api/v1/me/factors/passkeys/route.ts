import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { addPasskey } from "#lib/factors/commands/add-passkey";

export const POST = endpoint(addPasskey, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
