import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { rotateGatewaySecret } from "#lib/gateways/commands/rotate-secret";

export const POST = endpoint(rotateGatewaySecret);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
