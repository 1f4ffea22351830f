import { askingAnybody } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { passkeyOptions, passkeyQuestion } from "#lib/sessions/queries";

export const POST = askingAnybody(passkeyQuestion, passkeyOptions);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
