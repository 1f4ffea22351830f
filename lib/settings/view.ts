import type { Ceiling } from "#lib/policies/limits";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";

/** What the database says of the settings. */
export type SettingsRow = {
  readonly ranges: readonly string[];
  readonly ceilingPersons: unknown;
  readonly ceilingServiceAccounts: unknown;
  readonly tokenPrefix: string;
  readonly retiredPrefixes: readonly string[];
  readonly endedRetentionDays: number | null;
  readonly ownerRate: unknown;
  readonly failureRate: unknown;
  readonly version: number;
};

/** The settings of the installation, as REST and pages show them. */
export type SettingsView = {
  /** CIDRs and network names; empty = anywhere. */
  readonly ranges: readonly string[];
  /** Above every tier and delegation; null = nothing is limited. */
  readonly ceiling: { readonly persons: Ceiling | null; readonly serviceAccounts: Ceiling | null };
  /** What new secrets begin with. */
  readonly tokenPrefix: string;
  /** What secrets began with in earlier times; they keep verifying. */
  readonly retiredPrefixes: readonly string[];
  /** How often all tokens of one owner together may be used, and how many failures of one address are borne; null = not limited. */
  readonly ownerRate: RateLimit | null;
  readonly failureRate: RateLimit | null;
  /** After how many days ended tokens are deleted; null = never. */
  readonly endedRetentionDays: number | null;
  readonly version: number;
};

/** The settings row as it is shown. */
export function settingsView(row: SettingsRow): SettingsView {
  const { ranges, tokenPrefix, retiredPrefixes, endedRetentionDays, version } = row;
  return {
    ranges,
    // The columns hold what the command's schema has read: the compiler cannot know.
    ceiling: {
      persons: row.ceilingPersons as Ceiling | null,
      serviceAccounts: row.ceilingServiceAccounts as Ceiling | null,
    },
    ownerRate: row.ownerRate as RateLimit | null,
    failureRate: row.failureRate as RateLimit | null,
    ...{ tokenPrefix, retiredPrefixes, endedRetentionDays, version },
  };
}
