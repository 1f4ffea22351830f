import { Buffer } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { JWKS_KEPT_MS } from "#lib/keys/life";
import type { Facts } from "#lib/verification/facts/facts";
import { keySetOf } from "#lib/verification/signer";

/** Whether a request is for the public keys by which our assertions are verified. */
export const asksForKeySet = ({ method, url }: IncomingMessage): boolean =>
  url === "/.well-known/jwks.json" && (method === "GET" || method === "HEAD");

/** Tells them to everybody; 503 where this verifier cannot open them. */
export function answerKeySet(facts: Facts, response: ServerResponse): void {
  const signer = facts.installation?.signer ?? null;
  if (signer === null || signer === "elsewhere") {
    response.writeHead(503, ["Content-Length", "0", "Cache-Control", "no-store", "Retry-After", "1"]).end();
    return;
  }
  const body = JSON.stringify(keySetOf(signer, facts.now().wall));
  const kept = `public, max-age=${JWKS_KEPT_MS / 1_000}`;
  const length = String(Buffer.byteLength(body));
  response.writeHead(200, ["Content-Type", "application/json", "Content-Length", length, "Cache-Control", kept]);
  response.end(body);
}
