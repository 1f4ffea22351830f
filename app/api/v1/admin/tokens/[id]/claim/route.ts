import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { renewClaim } from "#lib/tokens/commands/renew-claim";

export const POST = endpoint(renewClaim, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
