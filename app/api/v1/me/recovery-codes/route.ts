import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { renewCodes } from "#lib/factors/commands/renew-recovery-codes";

export const POST = endpoint(renewCodes, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
