import { foldName } from "#lib/users/name";
import type { Case } from "../case";
import { type Check, finding } from "../check";

/** Step 11: the owner is active. */
export const ownerCheck: Check = {
  step: 11,
  name: "owner",
  judge: (c) => (c.facts.owner.deactivatedAt === null ? null : finding("owner_inactive", c.facts.owner.username)),
  alone: "as ever",
  remark: (c) => ({ detail: `Its owner ${c.facts.owner.username} is active.` }),
};

/** What may stand in the place of the name by those who only have a token. */
const ANYBODY = "token";

function isOwnName(c: Case, claimed: string): boolean {
  const { owner } = c.facts;
  if (claimed === owner.username || claimed === ANYBODY) return true;
  const name = foldName(claimed);
  const there = owner.usernames[c.known.application.key];
  return name === foldName(owner.username) || (there !== undefined && name === foldName(there));
}

function isOwners(c: Case, claimed: string): boolean {
  const { usernames } = c.known.application;
  if (claimed === "") return usernames.empty;
  return isOwnName(c, claimed) || (usernames.aliases && c.facts.owner.aliases.includes(foldName(claimed)));
}

function claimOf(c: Case): string | null {
  return c.credential.kind === "ours" ? c.credential.username : null;
}

/** Whether no username came, or one that is the owner's whatever the application allows besides. */
export function claimsOwnName(c: Case): boolean {
  const claimed = claimOf(c);
  return claimed === null || isOwnName(c, claimed);
}

/** Step 12: the Basic username is the owner's in any case, an alias where allowed, `token`, or empty where allowed. */
export const usernameCheck: Check = {
  step: 12,
  name: "username",
  judge(c) {
    const claimed = claimOf(c);
    return claimed === null || isOwners(c, claimed) ? null : finding("username_mismatch", c.facts.owner.username);
  },
  alone: "nothing",
  remark: (c) =>
    claimOf(c) === null
      ? { detail: "No username came with the token.", applies: false }
      : { detail: "The username is the owner's, or stands for it." },
};
