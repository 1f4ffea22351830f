import type { Application } from "#lib/applications/application";
import type { Delegation } from "#lib/delegations/delegation";
import type { Gateway } from "#lib/gateways/gateway";
import type { Network } from "#lib/networks/network";
import type { Ceiling } from "#lib/policies/limits";
import type { Policy } from "#lib/policies/policy";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Token } from "#lib/tokens/token";
import type { UserKind } from "#lib/users/user";

/** The holder of a token as the verifier needs it. Names in `aliases` are folded (NFC, lower case). */
export type OwnerFacts = {
  readonly id: string;
  readonly username: string;
  readonly kind: UserKind;
  readonly deactivatedAt: number | null;
  readonly aliases: readonly string[];
  /** Username per application key, where it differs. */
  readonly usernames: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly id: string; readonly ref: string }[];
};

/** What is cached under the digest of the whole secret: facts, never decisions. */
export type TokenFacts = { readonly token: Token; readonly owner: OwnerFacts };

/** Settings that the verifier needs. */
export type SettingsFacts = {
  /** Global address ranges (CIDRs and network names); empty = anywhere. */
  readonly ranges: readonly string[];
  readonly ceilings: { readonly persons: Ceiling | null; readonly serviceAccounts: Ceiling | null };
  readonly tokenPrefix: string;
  readonly retiredPrefixes: readonly string[];
  /** For all tokens of one owner together, and for failures of one address; null = not limited. */
  readonly ownerRate: RateLimit | null;
  readonly failureRate: RateLimit | null;
  /** Set while the installation is in quarantine: every verification is refused with 503. */
  readonly quarantined: boolean;
  readonly portalUrl: string;
};

/** An assertion key as it lies in the key table: wrapped, in base64. */
export type StoredKey = {
  readonly kid: string;
  readonly state: "next" | "active" | "retired";
  readonly wrapped: string;
  /** Epoch milliseconds. */
  readonly retiredAt: number | null;
};

/** All facts that are not about one token, held whole by every verifier; reloaded when any of them changes. */
export type InstallationFacts = {
  readonly policies: readonly Policy[];
  readonly delegations: ReadonlyMap<string, Delegation>;
  readonly networks: ReadonlyMap<string, Network>;
  readonly applications: readonly Application[];
  readonly gateways: ReadonlyMap<string, Gateway>;
  readonly settings: SettingsFacts;
  /** Those with which assertions are signed, as the key table has them. */
  readonly keys: readonly StoredKey[];
};
