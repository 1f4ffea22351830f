/** A request of a client's, as some gateway describes it. */
export type Original = {
  readonly method?: string;
  readonly target?: string;
  /** Header lines: name, value, name, value … */
  readonly lines?: readonly string[];
  /** Where it comes from, as the gateway found it; CLIENT where that is not said. */
  readonly client?: string;
  /** What the gateway shows as its secret. */
  readonly gatewaySecret?: string;
};

/** What a verifier said to it, in the words of whichever way it was asked. */
export type Said = {
  /** The decision's own, also where the gateway is told a folded one. */
  readonly status: number;
  /** Every value of `WWW-Authenticate`. */
  readonly challenges: readonly string[];
  readonly retryAfter: string | undefined;
  /** By the last part of the header's name in lower case: `user`, `user-id` … */
  readonly identity: Readonly<Record<string, string>>;
  /** What the upstream shall get as `Authorization`; undefined where this way does not say it. */
  readonly authorization: string | undefined;
  /** Of the problem or answer, as text. */
  readonly body: string;
};

/** A way to ask a verifier. */
export type Way = {
  readonly name: string;
  /** Whether it tells the upstream's headers: an application that asks for itself is told who it is, in JSON. */
  readonly tellsHeaders: boolean;
  /** The header in which the gateway itself tells the client's address, and lets no client do so; null where it has none. */
  readonly tellsAddressIn: "X-Real-IP" | "X-Forwarded-For" | null;
  readonly ask: (original: Original) => Promise<Said>;
};

export const ORIGINAL = { method: "GET", target: "/rest/api/2/myself", host: "jira.corp", proto: "https" } as const;
export const CLIENT = "192.0.2.7";

const PREFIX = "x-latchkey-";
const NOT_IDENTITY = new Set(["status", "reason"]);

/** Reads headers of an answer, by name in lower case. */
export function saidBy(status: number, headers: Readonly<Record<string, readonly string[]>>, body: string): Said {
  const identity = Object.entries(headers).flatMap(([name, [value = ""]]) => {
    const part = name.slice(PREFIX.length);
    return name.startsWith(PREFIX) && !NOT_IDENTITY.has(part) ? [[part, value] as const] : [];
  });
  return {
    status,
    challenges: headers["www-authenticate"] ?? [],
    retryAfter: headers["retry-after"]?.[0],
    identity: Object.fromEntries(identity),
    authorization: headers.authorization?.[0],
    body,
  };
}
