import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { revokeToken } from "#lib/tokens/commands/revoke";

export const POST = endpoint(revokeToken);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
