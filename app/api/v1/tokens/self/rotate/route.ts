import { byItself } from "#lib/commands/itself";
import { othersThan } from "#lib/commands/methods";
import { rotateItself } from "#lib/tokens/commands/rotate-itself";

export const POST = byItself(rotateItself, { status: 201 });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
