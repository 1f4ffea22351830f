import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { findTokenBySecret } from "#lib/tokens/commands/find";

export const POST = endpoint(findTokenBySecret);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
