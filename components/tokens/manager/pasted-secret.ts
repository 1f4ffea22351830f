/** Anything shaped like a secret of ours, wherever it stands: prefix, underscore, 38 letters and digits (RFC 8959 in spirit). */
const SECRET = /[A-Za-z][A-Za-z0-9]{1,14}_[0-9A-Za-z]{38}(?![0-9A-Za-z])/;

/**
 * The hint of a secret that somebody pasted into a search, or null if there is none. The secret itself must not be
 * searched for: it would stand in the address, the history and the log.
 */
export function hintOfPasted(text: string): string | null {
  const secret = SECRET.exec(text)?.[0];
  if (secret === undefined) return null;
  return `${secret.slice(0, -35)}…${secret.slice(-4)}`;
}
