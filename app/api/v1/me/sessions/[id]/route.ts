import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { endSession } from "#lib/sessions/commands/end-session";

export const DELETE = endpoint(endSession);
export const { GET, POST, PUT, PATCH, OPTIONS } = othersThan("DELETE");
