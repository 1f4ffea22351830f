import { othersThan } from "#lib/commands/methods";
import { reporting } from "#lib/commands/reporting";
import { reportLeaks } from "#lib/tokens/commands/report-leaks";

export const POST = reporting(reportLeaks, ({ secrets }) => secrets.length === 0);
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
