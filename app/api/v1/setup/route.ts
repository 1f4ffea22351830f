import { endpoint } from "#lib/commands/endpoint";
import { completeSetup } from "#lib/users/commands/complete-setup";

export const POST = endpoint(completeSetup, { status: 201 });
