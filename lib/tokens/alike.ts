import type { Access, Applications } from "#lib/policies/limits";
import type { UserKind } from "#lib/users/user";
import type { RateLimit } from "./restrictions/restrictions";
import type { Grant } from "./token";

/** What any rule looks at of a token and its owner. `days` of its life, up to the next limit that a rule knows; null = for ever. */
export type Alike = {
  readonly owner: { readonly kind: UserKind; readonly groupIds: readonly string[] };
  readonly grant: Grant;
  readonly applications: Applications;
  readonly access: Access;
  readonly ipRanges: readonly string[];
  readonly rateLimit: RateLimit | null;
  readonly days: number | null;
};
