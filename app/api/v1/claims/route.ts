import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { claimToken } from "#lib/tokens/commands/claim";

export const POST = endpoint(claimToken, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
