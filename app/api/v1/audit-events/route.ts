import { auditQuery } from "#lib/audit/parameters";
import { listAuditEvents } from "#lib/audit/queries";
import { othersThan } from "#lib/commands/methods";
import { reading } from "#lib/commands/reading";

export const GET = reading(auditQuery, listAuditEvents);
export const { POST, PUT, PATCH, DELETE, OPTIONS } = othersThan("GET");
