import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { rotateToken } from "#lib/tokens/commands/rotate";

export const POST = endpoint(rotateToken, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
