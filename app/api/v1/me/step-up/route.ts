import { endpoint } from "#lib/commands/endpoint";
import { confirmPresence } from "#lib/sessions/commands/confirm";

export const POST = endpoint(confirmPresence);
