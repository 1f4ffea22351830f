/** The columns of the token manager that can be left out, in their order, as their heads say. */
export const COLUMN_LABELS = {
  owner: "Owner",
  application: "Application",
  access: "May",
  createdBy: "Issued by",
  expiresAt: "Ends",
  lastUsedAt: "Last used, from",
  calls: "Calls 30 d",
  flags: "Flags",
} as const;

export type ColumnKey = keyof typeof COLUMN_LABELS;

export const COLUMN_KEYS = Object.keys(COLUMN_LABELS) as readonly ColumnKey[];

/** The columns that an address asks for; all where it asks for none, or for what there is not. */
export function columnsIn(asked: readonly string[]): readonly ColumnKey[] {
  const shown = COLUMN_KEYS.filter((key) => asked.includes(key));
  return shown.length === 0 ? COLUMN_KEYS : shown;
}
