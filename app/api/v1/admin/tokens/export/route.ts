import { othersThan } from "#lib/commands/methods";
import { streaming } from "#lib/commands/streaming";
import { exportTokens } from "#lib/tokens/commands/export";
import { exportedTokens } from "#lib/tokens/queries-export";

export const GET = streaming(exportTokens, (viewer, { filter }) => ({
  name: "tokens.csv",
  type: "text/csv; charset=utf-8; header=present",
  parts: exportedTokens(viewer, filter),
}));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
