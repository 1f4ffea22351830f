import type { Duplex } from "node:stream";

/** What somebody may take to hang up who has been told that this is the end. */
const PATIENCE_MS = 2_000;

/**
 * Says a last word, and hangs up on whoever keeps the connection for all that.
 * @param status code and phrase
 */
export function endWith(socket: Duplex, status: string, patienceMs = PATIENCE_MS): void {
  const limit = setTimeout(() => socket.destroy(), patienceMs).unref();
  socket.once("close", () => clearTimeout(limit));
  socket.on("error", () => undefined); // the other side may be gone
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n`);
}
