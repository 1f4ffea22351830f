import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { confirmPresence } from "#lib/sessions/commands/confirm";

export const POST = endpoint(confirmPresence);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
