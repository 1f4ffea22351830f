import type { TokenView } from "../view";

/** What a spreadsheet would take for a formula is marked as text. */
const FORMULA = /^[=+\-@\t\r]/;

/** One field of a CSV file (RFC 4180), always quoted, never a formula. */
export function csvField(text: string): string {
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const COLUMNS = {
  id: (token) => token.id,
  name: (token) => token.name,
  description: (token) => token.description,
  owner: (token) => token.owner.username,
  status: (token) => token.status,
  applications: ({ applications }) => (applications === "all" ? "all" : applications.join(" ")),
  access: (token) => token.access,
  ipRanges: (token) => token.ipRanges.join(" "),
  createdBy: (token) => token.createdBy,
  grant: ({ grant }) => grant.name ?? "",
  createdAt: (token) => token.createdAt,
  expiresAt: (token) => token.expiresAt ?? "",
  lastUsedAt: (token) => token.lastUsedAt ?? "",
  lastUsedIp: (token) => token.lastUsedIp ?? "",
  hint: (token) => token.hint ?? "",
  labels: (token) => token.labels.join(" "),
  contact: (token) => token.contact,
} as const satisfies Record<string, (token: TokenView) => string>;

const line = (fields: readonly string[]): string => `${fields.map(csvField).join(",")}\r\n`;

export const CSV_HEAD = line(Object.keys(COLUMNS));

/** A token as one line. Times are ISO 8601 UTC, empty where there is none; several of something are apart by blanks. */
export const csvLine = (token: TokenView): string => line(Object.values(COLUMNS).map((column) => column(token)));
