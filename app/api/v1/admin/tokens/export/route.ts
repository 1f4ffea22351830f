import { download } from "#lib/commands/download";
import { othersThan } from "#lib/commands/methods";
import { exportTokens } from "#lib/tokens/commands/export";
import { exportedTokens } from "#lib/tokens/queries-export";

export const GET = download(exportTokens, "tokens.csv", (viewer, { filter }) => exportedTokens(viewer, filter));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
