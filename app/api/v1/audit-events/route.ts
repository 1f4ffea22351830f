import { auditQuery, listAuditEvents } from "#lib/audit/queries";
import { reading } from "#lib/commands/reading";

export const GET = reading(auditQuery, listAuditEvents);
