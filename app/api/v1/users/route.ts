import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { createUser } from "#lib/users/commands/create";
import { listUsers, usersQuery } from "#lib/users/queries";

export const GET = reading(usersQuery, listUsers);
export const POST = endpoint(createUser, { status: 201 });
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
