import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reactivateUser } from "#lib/users/commands/reactivate";

export const POST = endpoint(reactivateUser);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
