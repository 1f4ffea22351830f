/** The portal's address that says whether its database answers, and nothing else: 204, or 503 with `Retry-After`. */
export const READY_PATH = "/readyz";
