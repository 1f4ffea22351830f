import { beginExport } from "#lib/audit/commands/begin-export";
import { exportedEvents } from "#lib/audit/queries-export";
import { othersThan } from "#lib/commands/methods";
import { streaming } from "#lib/commands/streaming";

const TYPES = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson" };

export const GET = streaming(beginExport, (viewer, { query, until }) => ({
  name: `audit-events.${query.format}`,
  type: TYPES[query.format],
  parts: exportedEvents(viewer, query, BigInt(until)),
}));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
