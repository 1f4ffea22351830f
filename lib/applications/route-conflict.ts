/** Two applications cannot answer for one host and context. */
export const ROUTE_CONFLICT = {
  code: "already_exists",
  path: "routes",
  detail: "Another application has one of these hosts with the same context path.",
} as const;
