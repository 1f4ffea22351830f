/** What is left of a rate limit, and how that limit is called. What is not used up is whole again after `resetSeconds`. */
export type NamedQuota = {
  readonly policy: string;
  /** Requests a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Until there is one again. */
  readonly resetSeconds: number;
};

/** When to come again (RFC 9110 §10.2.3), and by which quota (draft-ietf-httpapi-ratelimit-headers). */
export const rateHeaders = ({ policy, limit, remaining, resetSeconds }: NamedQuota): (readonly [string, string])[] => [
  ["Retry-After", String(resetSeconds)],
  ["RateLimit-Policy", `"${policy}";q=${limit};w=60`],
  ["RateLimit", `"${policy}";r=${remaining};t=${resetSeconds}`],
];
