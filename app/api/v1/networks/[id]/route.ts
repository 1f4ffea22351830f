import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { deleteNetwork } from "#lib/networks/commands/delete";
import { editNetwork } from "#lib/networks/commands/edit";
import { networkById } from "#lib/networks/queries";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => networkById(viewer, id));
export const PATCH = endpoint(editNetwork);
export const DELETE = endpoint(deleteNetwork);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
