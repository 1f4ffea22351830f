import { endpoint } from "#lib/commands/endpoint";
import { changePassword } from "#lib/users/commands/change-password";

export const PUT = endpoint(changePassword);
