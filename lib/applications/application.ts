export type ApplicationKind = "jira" | "confluence" | "bitbucket" | "generic";

/** What is done with a credential that is not ours. */
export type ClassRule = "allow" | "observe" | "block";

/** Every class of credential that is not ours. */
export type CredentialClass = "password" | "foreignBearer" | "oauth1" | "otherScheme" | "none";

/**
 * What passes under `block` all the same: requests by these users (their name is only claimed; empty = whoever) to these
 * paths (empty = wherever). Where both are named, both must hold; where neither is, nothing passes.
 */
export type Exception = { readonly users: readonly string[]; readonly paths: readonly string[] };

export type Exceptions = Readonly<Partial<Record<CredentialClass, Exception>>>;

/** A filter rule that an application may set (docs/verification.md). The others hold always, for everybody. */
export type FilterRule =
  | "utf8"
  | "semicolon"
  | "enc_semicolon"
  | "enc_slash"
  | "backslash"
  | "double_encoding"
  | "empty_segment"
  | "expression"
  | "web_inf"
  | "homoglyph"
  | "raw_delims"
  | "url_override";

/** What such a rule does with a token's request: nothing, let it pass and record it, or refuse. Others it never refuses. */
export type FilterMode = "off" | "observe" | "block";

/** What commonly is needed beyond a kind's own paths, by name (lib/verification/reads/packs.ts). */
export type ReadPack = "feeds" | "avatars" | "webdav" | "tempo" | "assets" | "structure" | "jira-cloud-like";

/** How the identity reaches the upstream. */
export type IdentityMode = "none" | "passthrough" | "header" | "jwt";

export type Route = { readonly host: string; readonly context: string };

/** An upstream behind a gateway: routes (longest match), rules for its requests. `latchkey` is the portal's own API. */
export type Application = {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: ApplicationKind;
  readonly routes: readonly Route[];
  readonly rules: Readonly<Record<CredentialClass, ClassRule>>;
  /** What passes under `block` all the same, by class. */
  readonly exceptions: Exceptions;
  readonly identity: IdentityMode;
  readonly credentials: {
    readonly basic: boolean;
    readonly bearer: boolean;
    /** Name of the custom header that may carry a token, or null. */
    readonly header: string | null;
    /** Name of the query parameter that may carry a token, or null (the default). */
    readonly query: string | null;
  };
  /** Which Basic usernames are accepted besides the owner's and `token`. */
  readonly usernames: { readonly aliases: boolean; readonly empty: boolean };
  /** Patterns that the administrator adds to the positive list of the kind. */
  readonly paths: readonly string[];
  readonly readPacks: readonly ReadPack[];
  /** Filter rules that differ from their presets. */
  readonly pathFilter: Readonly<Partial<Record<FilterRule, FilterMode>>>;
  /** A token that may write may open a WebSocket. */
  readonly webSocket: boolean;
  /** Under `none: block` a CORS preflight passes all the same: browsers send it without a credential. */
  readonly preflight: boolean;
  /** Tokens with restrictions that only a request could fulfil may be introspected all the same. */
  readonly introspectRestricted: boolean;
};

/** The key of the portal's own application. Only its owner ever makes a token for it. */
export const LATCHKEY = "latchkey";
