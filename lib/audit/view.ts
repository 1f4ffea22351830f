import type { Json } from "./define";
import { sentenceOf } from "./describe";
import { type AuditRow, eventOf } from "./row";

/** An event as REST and pages show it. `seq` is a decimal string, `at` ISO 8601. */
export type AuditEventView = {
  readonly seq: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly name: string };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly detail: { readonly before: Json; readonly after: Json };
  readonly address: string | null;
  readonly sentence: string;
};

export function eventView(row: AuditRow): AuditEventView {
  const event = eventOf(row);
  return {
    seq: event.seq.toString(),
    at: new Date(event.at).toISOString(),
    actor: { kind: event.actor.kind, name: event.actor.name },
    action: event.action,
    subject: event.subject,
    detail: event.detail,
    address: event.address,
    sentence: sentenceOf(event),
  };
}
