import type { Configuration } from "#lib/env";
import { type Fields, log } from "#lib/log";
import { isLoopback } from "#lib/networks/loopback";
import { tell } from "#server/ending";

type Addresses = Readonly<Record<string, string>>;

/** Says where a verifier listens, and when what it hears travels in clear. */
export function announceListening(settings: Configuration, addresses: Addresses, fields: Fields): void {
  const { verifierTls, verifier } = settings;
  if (verifierTls === null && !verifier.bind.startsWith("unix:") && !isLoopback(verifier.bind))
    log.warn("verifier.plaintext", addresses);
  log.info("verifier.listening", { ...addresses, ...fields });
}

/** Says, also to the supervisor, that it knows the installation. */
export function announceReady(addresses: Addresses, fields: Fields = {}): void {
  log.info("verifier.ready", { ...addresses, ...fields });
  tell({ kind: "ready", addresses });
}
