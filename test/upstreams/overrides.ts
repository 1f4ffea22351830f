/** Headers by which somebody asks for another method or address than the gateway told us: no gateway passes them on. */
export const OVERRIDES = [
  "X-HTTP-Method-Override",
  "X-HTTP-Method",
  "X-Method-Override",
  "X-Original-URL",
  "X-Rewrite-URL",
  "X-Forwarded-Prefix",
] as const;
