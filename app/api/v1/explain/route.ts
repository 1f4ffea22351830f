import { asking } from "#lib/commands/asking";
import { othersThan } from "#lib/commands/methods";
import { explainEither, explainQuestion } from "#lib/verification/queries-past";

export const POST = asking(explainQuestion, explainEither);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
