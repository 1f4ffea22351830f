import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { deleteView } from "#lib/views/commands/delete";
import { saveView } from "#lib/views/commands/save";
import { listViews, viewsQuery } from "#lib/views/queries";

export const GET = reading(viewsQuery, listViews);
export const POST = endpoint(saveView, { status: 201 });
export const DELETE = endpoint(deleteView);
export const { PUT, PATCH, OPTIONS } = othersThan("GET", "POST", "DELETE");
