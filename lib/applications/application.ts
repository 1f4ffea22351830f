export type ApplicationKind = "jira" | "confluence" | "bitbucket" | "generic";

/** What is done with a credential that is not ours. */
export type ClassRule = "allow" | "observe" | "block";

/** Every class of credential that is not ours. */
export type CredentialClass = "password" | "foreignBearer" | "oauth1" | "otherScheme" | "none";

/** How the identity reaches the upstream. `jwt` is refused (`not_enforced_yet`) until it is built. */
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
};

/** The key of the portal's own application. Only its owner ever makes a token for it. */
export const LATCHKEY = "latchkey";
