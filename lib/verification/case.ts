import type { FilterRule } from "#lib/applications/application";
import type { NamedQuota } from "#lib/errors/quota";
import type { Address } from "#lib/networks/address";
import type { Access } from "#lib/policies/limits";
import type { Effective } from "#lib/tokens/rights/effective";
import type { Way } from "#lib/tokens/rights/way";
import type { Credential } from "./credential";
import type { TokenFacts } from "./facts/model";
import type { Installation, KnownApplication, KnownGateway } from "./installation";
import { type Parameter, parametersOf } from "./parameters";
import type { Target } from "./path";
import type { Question } from "./question";
import type { Counting } from "./rates";
import type { OriginalRequest } from "./request";

/**
 * A path that is judged, and how many of its segments are the application's context: a case's own, or where its
 * request says that it goes to.
 */
export type Aim = { readonly target: Target; readonly depth: number };

/** Something a check needs was never learnt: the list is in the wrong order. Nothing is allowed on such a footing. */
class NotLearnt extends Error {}

function learnt<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotLearnt(`${what} is not known at this step`);
  return value;
}

/** Shared: next to no request is recognised by any. */
const NONE: readonly FilterRule[] = Object.freeze([]);

/**
 * One verification under way. Inputs never change; each check notes here what it has learnt for those after it, and
 * nothing else outlives the run. Reading what no check has noted yet throws, and whatever throws is refused.
 */
export class Case {
  learntGateway: KnownGateway | undefined;
  learntRequest: OriginalRequest | undefined;
  learntAddress: Address | undefined;
  learntTarget: Target | undefined;
  learntApplication: KnownApplication | undefined;
  /** How many segments of the path are the application's context. */
  depth = 0;
  learntCredential: Credential | undefined;
  /** Where a token's request says that it goes to besides; null where it says nothing. */
  destination: Aim | null = null;
  /** Applications for which a token that is asked about alone may be good. */
  candidates: readonly KnownApplication[] = [];
  /** Why a credential that is not ours may pass although its rule blocks; null where the rule itself lets it. */
  passedBy: "exception" | "preflight" | null = null;
  /** The filter rules that recognised the request and only observe it, each once. */
  observedRules: readonly FilterRule[] = NONE;
  /** The answer of the look-up: null when no token has this secret. */
  found: TokenFacts | null | undefined;
  learntEffective: Effective | undefined;
  /** On which ways the request can still pass. */
  ways: readonly Way[] = [];
  needs: Access | undefined;
  /** What is left of the rate limit that ends first, the token's or its owner's, once they were consumed. */
  quota: NamedQuota | null = null;
  #parameters: readonly Parameter[] | undefined;

  constructor(
    readonly installation: Installation,
    readonly question: Question,
    /** Epoch milliseconds; moves on while the token is looked up. */
    public now: number,
    /** Where rate limits are consumed; Explain consumes nothing. */
    readonly rates: Counting | "unconsumed" = "unconsumed",
  ) {}

  /** The token that is asked about alone. */
  get alone(): string {
    return learnt(this.question.alone, "the token asked about");
  }
  /** The same verification for one of the candidates: what is noted from here on is noted apart. */
  of(known: KnownApplication): Case {
    const own = new Case(this.installation, this.question, this.now, this.rates);
    own.learntGateway = this.learntGateway;
    own.learntApplication = known;
    own.learntCredential = this.learntCredential;
    own.found = this.found;
    return own;
  }

  get gateway(): KnownGateway {
    return learnt(this.learntGateway, "the gateway");
  }
  get request(): OriginalRequest {
    return learnt(this.learntRequest, "the request");
  }
  get address(): Address {
    return learnt(this.learntAddress, "the client's address");
  }
  get target(): Target {
    return learnt(this.learntTarget, "the target");
  }
  get known(): KnownApplication {
    return learnt(this.learntApplication, "the application");
  }
  get credential(): Credential {
    return learnt(this.learntCredential, "the credential");
  }
  get facts(): TokenFacts {
    return learnt(this.found ?? undefined, "the token");
  }
  get effective(): Effective {
    return learnt(this.learntEffective, "what the token may do");
  }
  get parameters(): readonly Parameter[] {
    this.#parameters ??= parametersOf(this.target.query);
    return this.#parameters;
  }
}
