import { deleteApplication } from "#lib/applications/commands/delete";
import { editApplication } from "#lib/applications/commands/edit";
import { applicationById } from "#lib/applications/queries";
import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { id }) => applicationById(viewer, id));
export const PATCH = endpoint(editApplication);
export const DELETE = endpoint(deleteApplication);
export const { POST, PUT, OPTIONS } = othersThan("GET", "PATCH", "DELETE");
