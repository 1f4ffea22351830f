import type { ApplicationKind } from "#lib/applications/application";
import type { LimitSource } from "#lib/errors/error";
import type { Limits } from "#lib/policies/limits";

/** What *New token* needs to know about whoever is about to make one. */
export type TokenFormFacts = {
  /** `reason` says why not, and what to do; null when it is allowed. */
  readonly mayCreate: { readonly allowed: boolean; readonly reason: string | null };
  /** `because`: *because you are in jira-developers*, without capital or full stop. */
  readonly tier: { readonly name: string; readonly because: string } | null;
  /** The tier's limits under every ceiling; null when nothing may be made. */
  readonly limits: Limits | null;
  /** Whose each limit is. */
  readonly sources: Readonly<Record<keyof Limits, LimitSource>> | null;
  /** Every list of ranges in which the token's own must lie, `limits.ranges` being the first of them. */
  readonly rangeLimits: readonly { readonly ranges: readonly string[]; readonly source: LimitSource }[];
  /** How many count against `limits.maxActive`. */
  readonly activeTokens: number;
  /** `host` is where requests go: host and context path of the first route (`tools.corp/jira`). */
  readonly applications: readonly {
    readonly key: string;
    readonly name: string;
    readonly kind: ApplicationKind;
    readonly host: string;
  }[];
  readonly networks: readonly { readonly name: string; readonly ranges: readonly string[] }[];
  /** Where the browser comes from. */
  readonly address: string;
};
