import type { Barred } from "./guard";

/** Why nothing came. */
export type Silence = Barred | "unresolved" | "closed" | "timeout" | "unreachable" | "certificate" | "unreadable";

/** What came of one request: never more than its status and a few headers; a body is not read. */
export type Reply =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** `X-Latchkey-Request-Id`, with which our refusals come. */
      readonly requestId: string | null;
      /** Whom the application took us for, where it says so: Atlassian's `X-AUSERNAME`. */
      readonly user: string | null;
      /** The address of this machine from which it was asked. */
      readonly from: string | null;
    }
  | {
      readonly kind: "silent";
      readonly why: Silence /** A code of Node's, for certificates. */;
      readonly code: string;
    };

export type Answered = Extract<Reply, { kind: "answered" }>;

export const requestIdOf = (reply: Reply): string | null => (reply.kind === "answered" ? reply.requestId : null);

/** A refusal as a verifier told it. */
export type ToldRefusal = {
  readonly reason: string;
  readonly method: string | null;
  readonly application: string | null;
  readonly address: string | null;
};

/** What verifiers told of the token that a run uses. */
export type Trace = {
  readonly allowed: number;
  /** From where it was used, as the gateway said. */
  readonly address: string | null;
  readonly refusal: ToldRefusal | null;
};

const WORDS: Readonly<Record<Exclude<Silence, "certificate">, (where: string) => string>> = {
  "kept-out": (where) =>
    `${where} leads to an address where nothing is ever asked: link-local, multicast, or a cloud’s own service.`,
  own: (where) => `At ${where} Latchkey itself or its database listens; nothing is asked there.`,
  unresolved: (where) => `This machine finds no address for ${where}. Does the name exist in its DNS?`,
  closed: (where) => `Nothing accepts connections at ${where}, seen from this machine. Does the gateway run?`,
  timeout: (where) => `${where} did not answer within 5 seconds.`,
  unreachable: (where) => `This machine finds no way to ${where}.`,
  unreadable: (where) => `What answers at ${where} speaks something else. Compare scheme and port.`,
};

/** Why nothing came, as a sentence. @param where the origin, or host and port */
export function silenceWords({ why, code }: Extract<Reply, { kind: "silent" }>, where: string): string {
  if (why !== "certificate") return WORDS[why](where);
  const named = /^[A-Z0-9_]{1,60}$/.test(code) ? ` (${code})` : "";
  return `This machine does not trust the certificate of ${where}${named}, so nothing was sent. Give it one that it trusts, or name its authority in NODE_EXTRA_CA_CERTS.`;
}

/** Silences that say that something is wrong there; the others say only that nothing could be asked. */
export const isDead = ({ why }: Extract<Reply, { kind: "silent" }>): boolean =>
  why === "closed" || why === "timeout" || why === "unreachable";
