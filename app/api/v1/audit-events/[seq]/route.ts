import { auditEventBySequence } from "#lib/audit/queries";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";
import { noQuery } from "#lib/pagination";

export const GET = reading(noQuery, (viewer, _query, { seq }) => auditEventBySequence(viewer, seq));
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
