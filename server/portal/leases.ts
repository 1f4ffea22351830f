import type { Database } from "#lib/db/client";
import { isUnavailable } from "#lib/db/failure";
import { log } from "#lib/log";
import { lookAtLeases } from "#lib/propagation/leases";
import { goRounds } from "./rounds";

/** Of a lease it is known for how long it has been the same, but for so much. */
const LOOK_MS = 1_000;

/**
 * Watches the leases for as long as the portal runs, so that whoever revokes knows which verifiers are alive, also where
 * somebody has just set a clock.
 * @returns what ends it
 */
export const watchLeases = (db: Database): (() => Promise<void>) =>
  goRounds(async () => {
    await lookAtLeases(db, 0n).catch((error: unknown) => {
      if (!isUnavailable(error)) log.error("leases.unexpected", { error });
    });
    return LOOK_MS;
  });
