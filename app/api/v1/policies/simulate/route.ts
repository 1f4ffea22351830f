import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { simulationInput } from "#lib/impact/draft-schema";
import { simulateRules } from "#lib/impact/queries";

export const POST = asking(simulationInput, simulateRules);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
