import { endpoint } from "#lib/commands/endpoint";
import { othersThan } from "#lib/commands/methods";
import { beginBulk } from "#lib/tokens/commands/begin-bulk";
import { previewBulk } from "#lib/tokens/queries-bulk";

export const POST = endpoint(beginBulk, { status: 202, preview: previewBulk });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
