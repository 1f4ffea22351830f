import { LRUCache } from "lru-cache";
import type { Application } from "#lib/applications/application";
import type { Access } from "#lib/policies/limits";
import type { Identity } from "./decision";
import type { OwnerFacts, TokenFacts } from "./facts/model";
import { FEW } from "./header-value";

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

/** Lists of groups whose refs are remembered: owners in the same groups share one. More would be memory that nobody counts. */
const REFS = new LRUCache<OwnerFacts["groups"], readonly string[]>({ max: 1_000 });

/** Refs of groups, one list as long as it is remembered, so that it is joined once for those who ask often. */
function refsOf(groups: OwnerFacts["groups"]): readonly string[] {
  const known = groups.length <= FEW ? undefined : REFS.get(groups);
  if (known !== undefined) return known;
  const refs = groups.map((group) => group.ref);
  if (groups.length > FEW) REFS.set(groups, refs);
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
