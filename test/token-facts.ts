import { FREE } from "#lib/tokens/restrictions/restricted";
import type { Token } from "#lib/tokens/token";
import type { OwnerFacts, TokenFacts } from "#lib/verification/facts/model";

/** Facts of a living read token for everything, held by a person of that id; change what the test is about. */
export function tokenFacts(token: Partial<Token> = {}, owner: Partial<OwnerFacts> = {}): TokenFacts {
  const ownerId = owner.id ?? token.ownerId ?? "0190d4a5-0000-7000-8000-000000000001";
  return {
    token: {
      id: "0190d4a5-0000-7000-8000-00000000000a",
      name: "ci",
      grant: { by: "tier" },
      waiver: null,
      applications: "all",
      access: "read",
      ipRanges: [],
      createdAt: 1_760_000_000_000,
      secretBornAt: 1_760_000_000_000,
      expiresAt: null,
      revokedAt: null,
      deniedAt: null,
      suspendedAt: null,
      supersededAt: null,
      overlapEndsAt: null,
      restrictions: [],
      restricted: FREE,
      ...token,
      ownerId,
    },
    owner: {
      username: "maria",
      kind: "person",
      deactivatedAt: null,
      aliases: [],
      usernames: {},
      groups: [],
      ...owner,
      id: ownerId,
    },
  };
}
