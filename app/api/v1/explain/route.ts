import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { explainInput, explainRequest } from "#lib/verification/queries";

export const POST = asking(explainInput, explainRequest);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
