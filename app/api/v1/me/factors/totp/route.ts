import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { startTotp } from "#lib/factors/commands/start-totp";

export const POST = endpoint(startTotp, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
