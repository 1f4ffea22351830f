import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { lockoutInput } from "#lib/lockout/draft-schema";
import { foreseeLockout } from "#lib/lockout/queries";

export const POST = asking(lockoutInput, foreseeLockout);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
