import type { AuditEventView } from "./view";

/** What a spreadsheet would take for a formula is marked as text; full-width signs count too. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** One field of a CSV file (RFC 4180), always quoted, never a formula. */
export const csvField = (content: string): string =>
  `"${(FORMULA.test(content) ? `'${content}` : content).replaceAll('"', '""')}"`;

const COLUMNS: Readonly<Record<string, (event: AuditEventView) => string>> = {
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
};

const line = (fields: readonly string[]): string => `${fields.map(csvField).join(",")}\r\n`;

export const CSV_HEAD = line(Object.keys(COLUMNS));

/** An event as one line. */
export const csvLine = (event: AuditEventView): string => line(Object.values(COLUMNS).map((of) => of(event)));
