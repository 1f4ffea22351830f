import { othersThan } from "#lib/commands/methods";
import { reporting } from "#lib/commands/reporting";
import { reportLeaks } from "#lib/tokens/commands/report-leaks";
import { noteReport } from "#lib/tokens/store-leaks";

export const POST = reporting(reportLeaks, {
  idle: ({ secrets }) => secrets.length === 0,
  note: (db, { secrets }, address, now) => noteReport(db, secrets, address, now),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = othersThan("POST");
