import { Buffer } from "node:buffer";
import { hash } from "node:crypto";

/** SHA-256, 32 bytes. */
export const digested = (text: string): Buffer => Buffer.from(hash("sha256", text, "binary"), "latin1");

/**
 * Digests what one connection says of itself, once for as long as it says the same: a gateway says its secret with each
 * request. It is compared only with what came on the same connection before, so that how long this takes tells nobody
 * anything that they have not said themselves.
 */
export class LastDigest {
  #text: string | null = null;
  #digest: Buffer | null = null;

  /** @param text visible ASCII, as header values are */
  of(text: string): Buffer {
    if (this.#digest === null || this.#text !== text) {
      this.#digest = digested(text);
      // Copied: a piece of a request would keep all of it, the client's credential too.
      this.#text = Buffer.from(text, "latin1").toString("latin1");
    }
    return this.#digest;
  }
}
