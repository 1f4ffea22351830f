import type { FactorView } from "#lib/factors/factor";

/** What the API answers when a factor was added: with the first one the recovery codes, this once. */
export type Enrolled = FactorView & { readonly recoveryCodes: readonly string[] | null };
