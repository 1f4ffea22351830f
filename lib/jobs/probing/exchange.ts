import { request as plainly, type RequestOptions } from "node:http";
import { request as securely } from "node:https";
import type { LookupFunction } from "node:net";
import { type Address, formatAddress } from "#lib/networks/address";
import type { Aim } from "#lib/probes/aim";
import { DEADLINE_MS } from "#lib/probes/probe";
import type { Reply, Silence } from "#lib/probes/reply";

const MOST_HEADER_BYTES = 16 * 1024;
const LONGEST_USER = 255;

/** What goes out besides the address: never more than this. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** By what name requests of ours are known in logs and sightings. */
export const CLIENT = "Latchkey connection check";

/** Answers with the address that was looked at, whatever the name means by now. */
const always =
  (address: Address): LookupFunction =>
  (_name, options, done) => {
    const text = formatAddress(address);
    if (options.all) done(null, [{ address: text, family: address.family }]);
    else done(null, text, address.family);
  };

const CLOSED = new Set(["ECONNREFUSED"]);
const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EACCES", "EPERM"]);
const LATE = new Set(["ABORT_ERR", "ETIMEDOUT"]);
/** OpenSSL's and Node's words for a certificate that is not believed. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CRL|INVALID_CA|PATH_LENGTH|ERR_TLS_CERT_ALTNAME/;

/** Why a connection came to nothing, by the code of its error alone: its text may be the other side's. */
export function silenceOf(error: unknown): { readonly why: Silence; readonly code: string } {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const late = error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError");
  if (late || LATE.has(code)) return { why: "timeout", code };
  if (CLOSED.has(code)) return { why: "closed", code };
  if (UNREACHABLE.has(code)) return { why: "unreachable", code };
  return { why: CERTIFICATE.test(code) ? "certificate" : "unreadable", code };
}

function userOf(value: string | string[] | undefined): string | null {
  if (typeof value !== "string" || value.length > LONGEST_USER) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const only = (value: string | string[] | undefined): string | null =>
  typeof value === "string" && value !== "" ? value : null;

/**
 * Asks once, at one address, within five seconds, and reads no further than the headers: no redirect is followed, no
 * body read, no connection kept, no certificate believed that does not hold. Never throws.
 */
export function exchange(
  aim: Aim,
  address: Address,
  { method, path, headers }: Asked,
  deadlineMs = DEADLINE_MS,
): Promise<Reply> {
  const options: RequestOptions = {
    host: aim.host.replace(/^\[(.*)\]$/, "$1"),
    port: aim.port,
    method,
    path,
    lookup: always(address),
    family: address.family,
    agent: false,
    maxHeaderSize: MOST_HEADER_BYTES,
    signal: AbortSignal.timeout(deadlineMs),
    headers: {
      ...{ Host: aim.origin.replace(/^https?:\/\//, ""), "User-Agent": CLIENT, Accept: "*/*", Connection: "close" },
      ...(method === "GET" ? {} : { "Content-Length": "0" }),
      ...headers,
    },
  };
  return new Promise((resolve) => {
    const asked = (aim.secure ? securely : plainly)(options);
    asked.once("response", (response) => {
      resolve({
        kind: "answered",
        status: response.statusCode ?? 0,
        requestId: only(response.headers["x-latchkey-request-id"]),
        user: userOf(response.headers["x-ausername"]),
        from: response.socket.localAddress ?? null,
      });
      response.destroy();
    });
    // Whatever comes after the answer, our own hanging up among it, changes nothing any more.
    asked.on("error", (error) => resolve({ kind: "silent", ...silenceOf(error) }));
    asked.once("close", () => resolve({ kind: "silent", why: "unreadable", code: "" }));
    asked.end();
  });
}
