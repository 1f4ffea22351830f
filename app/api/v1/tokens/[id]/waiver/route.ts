import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { changeWaiver } from "#lib/tokens/commands/change-waiver";

export const PATCH = endpoint(changeWaiver);
export const { GET, POST, PUT, DELETE, OPTIONS } = othersThan("PATCH");
