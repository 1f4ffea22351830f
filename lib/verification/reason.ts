/** Where in the ordered list (docs/verification.md) a reason belongs. `any`: it could not be decided at all. */
export type Step = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19;

/** Sections of the help page about refusals: `/help/refusals#anchor`. */
export type HelpAnchor =
  | "sign-in"
  | "password"
  | "request"
  | "path"
  | "application"
  | "address"
  | "access"
  | "restrictions"
  | "tier"
  | "identity"
  | "gateway"
  | "unavailable";

/**
 * One entry of the catalogue. `meaning` and `remedy` are for whoever runs the installation (log, Explain, docs);
 * `sentence` reaches the person whose request was refused and says only what that person may know.
 */
export type Reason = {
  readonly step: Step | "any" | "allow";
  readonly status: 200 | 400 | 401 | 403 | 429 | 503;
  /** The answer carries a challenge; exactly the 401s do. */
  readonly challenge?: true;
  readonly meaning: string;
  readonly remedy: string;
  readonly help: HelpAnchor;
  readonly sentence: string;
};

type Words = {
  readonly meaning: string;
  readonly remedy: string;
  readonly help: HelpAnchor;
  readonly sentence: string;
};

/** What every 401 says, so that nobody learns whether a token ever existed. */
export const UNAUTHENTICATED = {
  code: "unauthenticated",
  title: "Sign in with a token",
  sentence:
    "No valid token came with this request. Send one as Basic password with its owner's username, or as Bearer.",
} as const;

/** What every 503 says: which part of the installation is ill is nobody's business outside. */
export const UNAVAILABLE = {
  code: "unavailable",
  sentence: "Access cannot be checked at the moment. Nothing is wrong with your token: try again in a few seconds.",
} as const;

/** What lets a request pass, at a step or at the end: 200. */
export const mayPass = <S extends Step | "allow">(step: S, meaning: string) =>
  ({
    step,
    status: 200,
    meaning,
    remedy: "Nothing to do.",
    help: "sign-in",
    sentence: "The request may pass.",
  }) as const satisfies Reason;

/** A request that cannot be understood: 400. */
export const unreadable = <S extends Step>(step: S, words: Words) =>
  ({ step, status: 400, ...words }) as const satisfies Reason;

/** A credential that is none: 401 with a challenge; to the caller all of them are one. */
export const unauthenticated = <S extends Step>(step: S, meaning: string, remedy: string) =>
  ({
    step,
    status: 401,
    challenge: true,
    meaning,
    remedy,
    help: "sign-in",
    sentence: UNAUTHENTICATED.sentence,
  }) as const satisfies Reason;

/** What is known and not allowed: 403. */
export const refused = <S extends Step>(step: S, words: Words) =>
  ({ step, status: 403, ...words }) as const satisfies Reason;

/** What comes too often: 429. */
export const tooOften = <S extends Step>(step: S, words: Words) =>
  ({ step, status: 429, ...words }) as const satisfies Reason;

/** What could not be decided at all: 503. */
export const undecided = (meaning: string, remedy: string) =>
  ({
    step: "any",
    status: 503,
    meaning,
    remedy,
    help: "unavailable",
    sentence: UNAVAILABLE.sentence,
  }) as const satisfies Reason;
