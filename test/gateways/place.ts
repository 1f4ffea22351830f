import type { Issued } from "../seeded";
import { type RawAnswer, rawRequest } from "../upstreams/raw-request";
import type { Arrival, Upstream } from "../upstreams/recorder";
import { waitUntil } from "../upstreams/wait-until";
import type { GatewaySpec } from "./table";
import type { Tap } from "./tap";

export type Ask = (lines: readonly string[], body?: string) => Promise<RawAnswer>;

/** A gateway that runs between clients, a real verifier and an application. */
export type Place = {
  readonly gateway: GatewaySpec;
  readonly port: number;
  /** Asks the one host or the other; again while a busy machine misses the verifier's deadline. */
  readonly api: Ask;
  readonly main: Ask;
  /** Those of them where tokens are asked about. */
  readonly asked: readonly Ask[];
  readonly tap: Tap;
  readonly application: Upstream;
  /** The port of all applications, without the gateway. */
  readonly behind: number;
  /** The one that signs its own people in, at LIVING. All gateways share it. */
  readonly living: Upstream;
  readonly ownerId: string;
  /** The public keys of the verifier. */
  readonly keySet: URL;
  /**
   * `slow` may be used once a minute; of `crowded` the owner has the longest name and many groups; `wiki` is for the
   * application at OTHER_HOST alone; `near` is bound to the address from which everybody comes here, `far` to FAR,
   * `team` to `X-Team: release`, `agent` to `User-Agent: it/1`, `mover` to paths below MINE.
   */
  readonly tokens: Record<
    | "read"
    | "write"
    | "revoked"
    | "suspended"
    | "expired"
    | "slow"
    | "crowded"
    | "wiki"
    | "near"
    | "far"
    | "team"
    | "agent"
    | "mover",
    Issued
  >;
  /** Lines of the verifier's log. */
  readonly log: () => readonly string[];
  /** While this runs the installation is in quarantine. */
  readonly quarantined: (during: () => Promise<void>) => Promise<void>;
};

export const MYSELF = "GET /rest/api/2/myself HTTP/1.1";
export const CREATE = "POST /rest/api/2/issue HTTP/1.1";

export const bearer = ({ secret }: Pick<Issued, "secret">) => `Authorization: Bearer ${secret}`;
export const basic = (username: string, password: string) =>
  `Authorization: Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** Asks from one of this machine's addresses, again as long as the verifier could not decide in time, or the gateway had no answer of it. */
export const patiently =
  (address: string, port: number, from?: string): Ask =>
  (lines, body) =>
    waitUntil("it is decided", async () => {
      const answer = await rawRequest({ address, port, from }, lines, body);
      // Envoy passes no sentence on.
      const isLate = answer.status === 503 && (answer.body === "" || answer.body.includes("cannot be checked"));
      return isLate ? undefined : answer;
    });

/** The only request that has arrived since the last look. */
export function only(application: Upstream): Arrival {
  const [arrival, ...more] = application.take();
  if (arrival === undefined || more.length > 0) throw new Error(`${more.length + (arrival ? 1 : 0)} arrived`);
  return arrival;
}
