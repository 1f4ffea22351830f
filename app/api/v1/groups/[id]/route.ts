import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { withoutParameters } from "#lib/commands/without-parameters";
import { groupById } from "#lib/groups/queries";

export const GET = reading(withoutParameters, (viewer, _query, { id }) => groupById(viewer, id));
export const { POST, PUT, PATCH, DELETE } = othersThan("GET");
