import type { Application } from "#lib/applications/application";
import type { Access } from "#lib/policies/limits";
import type { Identity } from "./decision";
import type { OwnerFacts, TokenFacts } from "./facts/model";

/** The owner's name in an application, in the directory's spelling. */
export function nameIn({ key }: Pick<Application, "key">, owner: OwnerFacts): string {
  return owner.usernames[key] ?? owner.username;
}

const AS_IS = /^[\x21-\x24\x26-\x7e]+$/;

/**
 * Whether a name arrives in a header as it is. Percent-encoding would make it another account, so a name that needs it
 * is refused where the upstream trusts the header.
 */
export function isRepresentable(name: string): boolean {
  return AS_IS.test(name);
}

const REFS = new WeakMap<OwnerFacts["groups"], readonly string[]>();

/** Refs of groups; one list for all who are in the same, as facts share theirs. */
function refsOf(groups: OwnerFacts["groups"]): readonly string[] {
  const known = REFS.get(groups);
  if (known !== undefined) return known;
  const refs = groups.map((group) => group.ref);
  REFS.set(groups, refs);
  return refs;
}

/** Whom a request is for, as an application knows that person. */
export function identityOf(facts: TokenFacts, application: Pick<Application, "key">, access: Access): Identity {
  const { token, owner } = facts;
  return {
    tokenId: token.id,
    tokenName: token.name,
    userId: owner.id,
    username: nameIn(application, owner),
    groups: refsOf(owner.groups),
    access,
    expiresAt: token.expiresAt,
  };
}
