/** Restrictions that are judged at each request, by the name under which the database lists them. */
export const ENFORCED: ReadonlySet<string> = new Set([
  "ip_ranges",
  "header_conditions",
  "path_rules",
  "time_window",
  "rate_limit",
]);
