import { editApplication } from "#lib/applications/commands/edit";
import { applicationById } from "#lib/applications/queries";
import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => applicationById(viewer, id));
export const PATCH = endpoint(editApplication);
export const { POST, PUT, DELETE, OPTIONS } = othersThan("GET", "PATCH");
