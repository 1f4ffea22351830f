import type { GatewayAdapter } from "#lib/gateways/gateway";
import type { Address } from "#lib/networks/address";
import type { LastDigest } from "./last-digest";
import type { OriginalRequest } from "./request";
import type { Withholds } from "./withheld";

/** How the caller of the verification port showed who it is. */
export type Contact = {
  /** Address of the other end of the connection; `local` for a unix socket. */
  readonly peer: Address | "local" | null;
  /** Every value that was presented as its secret; one is needed. */
  readonly secrets: readonly string[];
  /** Of its connection, where one is kept. */
  readonly digests?: LastDigest | undefined;
};

/** What an adapter understood: the original request, or in a few words why not. */
export type Reading = OriginalRequest | string;

/** One question to the verifier. */
export type Question = {
  readonly adapter: GatewayAdapter;
  readonly gatewayKey: string;
  /** Null only when nobody calls: Explain asks on behalf of a gateway. `begin` does not take such a question. */
  readonly contact: Contact | null;
  readonly reading: Reading;
  readonly withholds: Withholds;
  /** A token that is asked about alone, without a request (introspection); the reading then says that there is none. */
  readonly alone?: string;
};

/** A question that came over the wire. Only such a one can be allowed anything. */
export type CalledQuestion = Question & { readonly contact: Contact };
