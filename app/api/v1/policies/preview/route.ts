import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { draftInput } from "#lib/impact/draft-schema";
import { previewChange } from "#lib/impact/queries";

export const POST = asking(draftInput, previewChange);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
