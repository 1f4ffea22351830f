import { z } from "zod";
import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { optionsToMake } from "#lib/factors/queries";

export const POST = asking(z.strictObject({}), optionsToMake, { unproven: true });
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
