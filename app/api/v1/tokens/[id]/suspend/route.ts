import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { suspendToken } from "#lib/tokens/commands/suspend";

export const POST = endpoint(suspendToken);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
