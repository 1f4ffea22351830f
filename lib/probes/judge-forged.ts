import type { IdentityMode } from "#lib/applications/application";
import { failed, type ProbeResult, passed, unknown } from "./probe";
import type { Reply } from "./reply";

type Seen = {
  readonly identity: IdentityMode;
  /** Whose token it is, as the application knows them. */
  readonly owner: string;
  /** Whom the application took us for when we asked with the token and forged nothing. */
  readonly plain: string | null;
  readonly forged: string;
  /** With the token, and the forged name. */
  readonly withToken: Reply | null;
  /** Without a credential, and the owner's name: only where such requests pass. */
  readonly without: Reply | null;
  readonly origin: string;
};

const userOf = (reply: Reply | null): string | null => (reply?.kind === "answered" ? reply.user : null);

const same = (one: string | null, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/** How to see it where the application does not say whom it sees. */
export const byHand = (origin: string): string =>
  `Try by hand: curl -H 'X-Latchkey-User: somebody' ${origin}/ must not make you somebody.`;

/** Whether there is anything to measure: the application goes by our header, and says whom it took us for. */
export const saysWhom = ({ identity, owner, plain }: Pick<Seen, "identity" | "owner" | "plain">): boolean =>
  identity === "header" && same(plain, owner);

/**
 * A forged `X-Latchkey-User` does not arrive. Nobody but the application sees what arrives: measured it is only where
 * the application says whom it took us for, and was seen to go by our header.
 */
export function judgeForged(seen: Seen): ProbeResult {
  const { owner, forged, withToken, without, origin } = seen;
  const name = "X-Latchkey-User";
  if (same(userOf(withToken), forged)) {
    return failed("forged", `A forged ${name} arrived: the application took us for ${forged}.`);
  }
  if (without !== null && same(userOf(without), owner)) {
    return failed(
      "forged",
      `Without a credential, a forged ${name} made the application take us for ${owner}: anybody can be anybody. Every identity header must be set by the gateway on every request.`,
    );
  }
  // Where such a request passes, but nobody says whom it was taken for, half of it was not seen.
  const unseen = without !== null && userOf(without) === null;
  if (unseen || !saysWhom(seen) || !same(userOf(withToken), owner)) {
    return unknown("forged", `Cannot be seen from here: the application does not say whom it sees. ${byHand(origin)}`);
  }
  const also = without === null ? "" : "; without a credential it did not";
  return passed(
    "forged",
    `With a token and a forged ${name} the application took us for ${owner}, whose it is${also}.`,
  );
}
