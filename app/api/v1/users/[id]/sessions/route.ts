import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { endSessionsOf } from "#lib/sessions/commands/end-all-of";

export const DELETE = endpoint(endSessionsOf);
export const { GET, POST, PUT, PATCH, OPTIONS } = othersThan("DELETE");
