import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { endQuarantine } from "#lib/journal/commands/end-quarantine";

export const POST = endpoint(endQuarantine);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
