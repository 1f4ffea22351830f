import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { changePassword } from "#lib/users/commands/change-password";

export const PUT = endpoint(changePassword);
export const { GET, POST, PATCH, DELETE, OPTIONS } = othersThan("PUT");
