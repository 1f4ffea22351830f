import type { Access, Applications } from "#lib/policies/limits";
import type { Restrictions } from "#lib/tokens/restrictions/restrictions";
import type { Role } from "#lib/users/user";

/** Only lib/auth makes viewers: nothing else can write this brand (test/architecture watches). */
declare const madeByAuth: unique symbol;
type Branded = { readonly [madeByAuth]: true };

/** Who a signed-in person or a token's owner is. */
type Person = {
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly groupIds: readonly string[];
};

/**
 * A person in a browser. `steppedUpAt`: when they last proved that it is them (epoch ms), null if never;
 * `secondFactor`: whether they proved one in this session, here or at their identity provider.
 */
export type SessionViewer = Branded &
  Person & {
    readonly kind: "session";
    readonly sessionId: string;
    readonly steppedUpAt: number | null;
    readonly secondFactor: boolean;
    readonly address: string;
  };

/** A script with a token for application `latchkey`: its owner, narrowed to the token. */
export type TokenViewer = Branded &
  Person & {
    readonly kind: "token";
    readonly tokenId: string;
    readonly tokenName: string;
    readonly access: Access;
    readonly applications: Applications;
    readonly ipRanges: readonly string[];
    readonly narrowing: Restrictions;
    readonly expiresAt: number | null;
    readonly address: string;
  };

/** The operator at the command line, who has the database anyway. */
export type CliViewer = Branded & { readonly kind: "cli"; readonly osUser: string };

/** Latchkey itself, for example at set-up. `name` says in which part. */
export type SystemViewer = Branded & { readonly kind: "system"; readonly name: string };

/** Nobody yet: who signs in or opens the set-up link. */
export type VisitorViewer = Branded & {
  readonly kind: "visitor";
  readonly address: string;
  readonly userAgent: string;
};

/**
 * A token that came about nothing but itself, whatever it is for. It stands for no person: no rule that looks for one
 * finds anything here, so that it sees, ends and rotates itself and can do nothing else.
 */
export type TokenItself = Branded & {
  readonly kind: "itself";
  readonly tokenId: string;
  readonly tokenName: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly address: string;
};

/** Everybody who is somebody: what queries take first. */
export type Viewer = SessionViewer | TokenViewer | CliViewer | SystemViewer;

/** Who may come with any request: somebody, or nobody yet. */
export type Caller = Viewer | VisitorViewer;

/** What commands take: a visitor, or a token about itself, for the few that say so. */
export type Actor = Caller | TokenItself;
