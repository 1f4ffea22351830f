import { CACHE_LIMITS } from "#lib/verification/facts/cache";

// Our verifier, but it remembers one token only: asked in turn, however few they are, each must be looked up.
Object.assign(CACHE_LIMITS, { tokens: 1, unknown: 0 });
await import("#server/verifier");
