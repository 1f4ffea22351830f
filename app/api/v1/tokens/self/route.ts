import { byItself, readingItself } from "#lib/commands/itself";
import { othersThan } from "#lib/commands/methods";
import { endItself } from "#lib/tokens/commands/end-itself";
import { seeItself } from "#lib/tokens/queries-itself";

export const GET = readingItself(seeItself);
export const DELETE = byItself(endItself, { anywhere: true });
export const { POST, PUT, PATCH, OPTIONS } = othersThan("GET", "DELETE");
