/** What proves a person besides their password. */
export type FactorKind = "totp" | "passkey";

/** Enough for a phone, a spare and a few keys. */
export const MOST_FACTORS = 10;

/** How long setting up an authenticator app may take. */
export const SET_UP_MS = 15 * 60_000;

export type FactorRow = {
  readonly id: string;
  readonly kind: FactorKind;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

/** A second factor as its person sees it. Times are ISO 8601. */
export type FactorView = {
  readonly id: string;
  readonly kind: FactorKind;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
};

/** What whoever added a factor is told: the factor, and with their first one the recovery codes, this once. */
export type Enrolled = FactorView & { readonly recoveryCodes: readonly string[] | null };

export const factorView = ({ id, kind, name, createdAt, lastUsedAt }: FactorRow): FactorView => ({
  id,
  kind,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

/** What a person is asked for at sign-in and for step-up, by what they have. */
export type Provable = { readonly code: boolean; readonly passkey: boolean };

export const provableBy = (factors: readonly { readonly kind: FactorKind }[]): Provable => ({
  code: factors.length > 0, // a recovery code is one, too
  passkey: factors.some(({ kind }) => kind === "passkey"),
});
