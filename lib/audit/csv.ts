import { csvOf } from "#lib/csv";
import type { AuditEventView } from "./view";

/** Events as CSV. */
export const EVENTS_CSV = csvOf<AuditEventView>({
  seq: ({ seq }) => seq,
  at: ({ at }) => at,
  actorKind: ({ actor }) => actor.kind,
  actor: ({ actor }) => actor.name,
  action: ({ action }) => action,
  subjectKind: ({ subject }) => subject.kind,
  subjectId: ({ subject }) => subject.id ?? "",
  subject: ({ subject }) => subject.name,
  address: ({ address }) => address ?? "",
  sentence: ({ sentence }) => sentence,
  before: ({ detail }) => JSON.stringify(detail.before),
  after: ({ detail }) => JSON.stringify(detail.after),
});
