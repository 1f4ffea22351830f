import { ok, type Result, refuse } from "#lib/errors/error";
import { LATCHKEY } from "./application";
import type { ApplicationView } from "./view";

/** Refuses what would change the portal's own application. */
export const notBuiltIn = (_actor: unknown, { key }: ApplicationView): Result<undefined> =>
  key === LATCHKEY ? refuse("forbidden", "Latchkey itself is built in: it cannot be changed.") : ok(undefined);
