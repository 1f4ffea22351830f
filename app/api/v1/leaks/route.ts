import { othersThan } from "#lib/commands/methods";
import { reporting } from "#lib/commands/reporting";
import { noteLeaks, reportLeaks } from "#lib/tokens/commands/report-leaks";

export const POST = reporting(reportLeaks, {
  idle: ({ secrets }) => secrets.length === 0,
  note: noteLeaks,
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
