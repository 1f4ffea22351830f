import { othersThan } from "#lib/commands/methods";
import { noting } from "#lib/commands/reading";
import { seeUsage } from "#lib/tokens/commands/see-usage";

export const GET = noting(seeUsage);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
