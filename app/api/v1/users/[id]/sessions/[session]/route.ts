import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { endOneSessionOf } from "#lib/sessions/commands/end-one-of";

export const DELETE = endpoint(endOneSessionOf);
export const { GET, POST, PUT, PATCH, OPTIONS } = othersThan("DELETE");
