import { MOST_COUNTED } from "./attention";

/** What needs the owner of tokens, in the order in which it matters. */
export const OWN_ATTENTION = [
  "leaked",
  "refused",
  "rotated",
  "ending",
  "knocking",
  "waived",
  "pending",
  "unused",
] as const;

export type OwnAttention = (typeof OWN_ATTENTION)[number];

/** What waits for an owner: how many tokens, and the first of them. */
export type OwnWaiting = { readonly count: number; readonly first: { readonly id: string; readonly name: string } };

const WORDS: Readonly<Record<OwnAttention, readonly [one: string, many: string, why: (first: string) => string]>> = {
  leaked: [
    "token ended this month because its secret was found",
    "tokens ended this month because their secrets were found",
    (first) => `Somebody reported “${first}”. Find out where it stood, then make a new one.`,
  ],
  refused: [
    "token was refused in the last day",
    "tokens were refused in the last day",
    (first) => `“${first}” was not let through since. Its page says why.`,
  ],
  rotated: [
    "token replaced its own secret this week",
    "tokens replaced their own secrets this week",
    (first) => `If it was not your script that rotated “${first}”, revoke it and what took its place.`,
  ],
  ending: [
    "token ends within two weeks",
    "tokens end within two weeks",
    (first) => `Rotate “${first}”, and the old secret works on until you have changed it.`,
  ],
  knocking: [
    "ended token is still being sent",
    "ended tokens are still being sent",
    (first) => `Something still sends “${first}” and is refused.`,
  ],
  waived: [
    "waiver ends within two weeks",
    "waivers end within two weeks",
    (first) => `After that “${first}” is held to the limits of today.`,
  ],
  pending: [
    "token has no secret yet",
    "tokens have no secret yet",
    (first) => `“${first}” works when its secret has been made.`,
  ],
  unused: [
    "token was not used in its first month",
    "tokens were not used in their first month",
    (first) => `Revoke “${first}” if nobody needs it.`,
  ],
};

/** *2 tokens end within two weeks*. */
export function ownTitle(key: OwnAttention, { count }: Pick<OwnWaiting, "count">): string {
  const [one, many] = WORDS[key];
  if (count >= MOST_COUNTED) return `${MOST_COUNTED} or more ${many}`;
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** One sentence about the first of them, and what to do. */
export const ownReason = (key: OwnAttention, { first }: Pick<OwnWaiting, "first">): string => WORDS[key][2](first.name);
