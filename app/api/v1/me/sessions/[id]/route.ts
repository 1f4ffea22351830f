import { endpoint } from "#lib/commands/endpoint";
import { endSession } from "#lib/sessions/commands/end-session";

export const DELETE = endpoint(endSession);
