import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { confirmTotp } from "#lib/factors/commands/confirm-totp";

export const POST = endpoint(confirmTotp);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
