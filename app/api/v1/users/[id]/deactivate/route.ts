import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";
import { deactivateUser } from "#lib/users/commands/deactivate";
import { whatStops } from "#lib/users/queries-stopping";

/** What deactivating would stop; POST does it. */
export const GET = reading(noQuery, (viewer, _query, { id }) => whatStops(viewer, id));
export const POST = endpoint(deactivateUser);
export const { PUT, PATCH, DELETE, OPTIONS } = othersThan("GET", "POST");
