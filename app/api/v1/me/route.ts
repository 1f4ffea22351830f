import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { editOwnAccount } from "#lib/users/commands/edit-own";
import { findMe } from "#lib/users/queries";

export const GET = reading(noQuery, findMe, { unproven: true });
export const PATCH = endpoint(editOwnAccount);
export const { POST, PUT, DELETE, OPTIONS } = othersThan("GET", "PATCH");
