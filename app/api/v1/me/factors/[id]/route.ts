import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { removeFactor } from "#lib/factors/commands/remove";

export const DELETE = endpoint(removeFactor);
export const { GET, POST, PUT, PATCH, OPTIONS } = othersThan("DELETE");
