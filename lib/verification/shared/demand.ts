import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Told } from "../failures";
import type { Bucket } from "../rates";

/** Whose bucket, and how large it is. */
export type Wanted = { readonly id: string; readonly limit: RateLimit };

/** What one verification has counted in its own process, and all verifiers are to count together. */
export type Demand =
  /** One request of the token, of its owner, or of both: both have one left, or none is taken. */
  | { readonly kind: "requests"; readonly bucket: Bucket; readonly wanted: readonly Wanted[] }
  /** A secret that is none. @property name whose it is (`failingName`) */
  | { readonly kind: "failure"; readonly name: string; readonly limit: RateLimit };

/** What all together come to. */
export type Verdict =
  /** What is left in each wanted bucket in milliseconds, as `Buckets.take` answers it. */
  | { readonly kind: "requests"; readonly leftMs: readonly number[] }
  /** `waitMs` is 0 while failures are borne. */
  | ({ readonly kind: "failure" } & Told);
