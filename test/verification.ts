import type { Application } from "#lib/applications/application";
import type { Gateway } from "#lib/gateways/gateway";
import { parseAddress } from "#lib/networks/address";
import { digestOf, newSecret } from "#lib/tokens/secret";
import type { Token } from "#lib/tokens/token";
import type { Call } from "#lib/verification/adapters/adapter";
import { begin, conclude, type Decision } from "#lib/verification/decide";
import type { InstallationFacts, OwnerFacts, SettingsFacts, TokenFacts } from "#lib/verification/facts/model";
import { type Installation, layOut } from "#lib/verification/installation";
import type { CalledQuestion, Reading } from "#lib/verification/question";
import { Rates } from "#lib/verification/rates";
import type { OriginalRequest } from "#lib/verification/request";
import { ruleWords } from "#lib/verification/rule";
import { limits, NOON, policy } from "./rules";
import { tokenFacts } from "./token-facts";

export const SECRET = newSecret();
export const GATEWAY_SECRET = "a gateway's secret";

/** Jira at jira.corp, observing everybody, learning nobody's name. */
export const application = (some: Partial<Application> = {}): Application => ({
  id: "0190d4a5-0000-7000-8000-0000000000a1",
  key: "jira",
  name: "Jira",
  kind: "jira",
  routes: [{ host: "jira.corp", context: "" }],
  rules: { password: "observe", foreignBearer: "observe", oauth1: "observe", otherScheme: "observe", none: "observe" },
  exceptions: {},
  identity: "none",
  credentials: { basic: true, bearer: true, header: "X-Api-Token", query: null },
  usernames: { aliases: false, empty: false },
  ...{ paths: [], readPacks: [], pathFilter: {}, webSocket: false, preflight: false },
  introspectRestricted: false,
  ...some,
});

export const gateway = (some: Partial<Gateway> = {}): Gateway => ({
  id: "0190d4a5-0000-7000-8000-0000000000b1",
  key: "gw1",
  adapter: "nginx",
  applications: ["jira"],
  peers: [],
  trustedHops: 0,
  trustedRanges: [],
  secretDigest: digestOf(GATEWAY_SECRET),
  previousSecretDigest: null,
  previousUntil: null,
  ...some,
});

export type SomeFacts = {
  readonly applications?: readonly Application[];
  readonly gateways?: readonly Gateway[];
  readonly settings?: Partial<SettingsFacts>;
} & Partial<Pick<InstallationFacts, "policies" | "delegations" | "networks">>;

/** Facts of an installation: one tier for all persons, one application, one gateway, loopback only. */
export const facts = (some: SomeFacts = {}): InstallationFacts => ({
  policies: some.policies ?? [policy({ own: limits() })],
  delegations: some.delegations ?? new Map(),
  networks: some.networks ?? new Map(),
  applications: some.applications ?? [application()],
  gateways: new Map((some.gateways ?? [gateway()]).map((one) => [one.key, one])),
  settings: {
    ranges: [],
    ceilings: { persons: null, serviceAccounts: null },
    tokenPrefix: "lk",
    retiredPrefixes: [],
    ...{ ownerRate: null, failureRate: null },
    quarantined: false,
    portalUrl: "https://latchkey.corp",
    ...some.settings,
  },
  keys: [],
});

export const installation = (some: SomeFacts = {}, signer?: Installation["signer"]): Installation =>
  layOut(facts(some), signer);

/** Counters that remember few: room for fifty thousand, made for each decision, takes longer than the decision. */
export const someRates = (): Rates => new Rates(16);

export const bearer = (secret: string = SECRET): readonly string[] => ["Authorization", `Bearer ${secret}`];
export const basic = (username: string, password: string): readonly string[] => [
  "Authorization",
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
];

/** GET /rest/api/2/myself from 192.0.2.7 over https with a good token. */
export const request = (some: Partial<OriginalRequest> = {}): OriginalRequest => ({
  method: "GET",
  target: "/rest/api/2/myself",
  host: "jira.corp",
  proto: "https",
  clientAddress: "192.0.2.7",
  headers: bearer(),
  ...some,
});

/** The same, asked by the gateway `gw1` from loopback. */
export const question = (reading: Reading = request(), some: Partial<CalledQuestion> = {}): CalledQuestion => ({
  adapter: "nginx",
  gatewayKey: "gw1",
  contact: { peer: parseAddress("127.0.0.1"), secrets: [GATEWAY_SECRET] },
  reading,
  withholds: "named",
  ...some,
});

/** A call on the verification port from this machine. */
export const call = (some: Partial<Call> = {}): Call => ({
  ...{ method: "GET", url: "/", headers: [], peer: "local", body: "" },
  ...some,
});

type Situation = {
  readonly request?: Partial<OriginalRequest>;
  readonly question?: Partial<CalledQuestion>;
  readonly facts?: SomeFacts;
  readonly token?: Partial<Token>;
  readonly owner?: Partial<OwnerFacts>;
  /** Undefined: the token of `token` and `owner`; null: no token has the secret. */
  readonly found?: TokenFacts | null;
  readonly now?: number;
  /** With what assertions are signed; left out: this is nobody who signs any. */
  readonly signer?: Installation["signer"];
  /** Where rate limits are consumed; left out: all are whole. */
  readonly rates?: Rates;
};

/** Decides a situation as the verifier does; the look-up finds the token under the digest of `SECRET` only. */
export function decide(situation: Situation = {}): Decision {
  const { now = NOON, rates = someRates(), found = tokenFacts(situation.token, situation.owner) } = situation;
  const laid = installation(situation.facts, situation.signer);
  const opening = begin(laid, question(request(situation.request), situation.question), now, rates);
  if (opening.settled) return opening.decision;
  return conclude(opening, laid, opening.digest === digestOf(SECRET) ? found : null, now, rates);
}

/** The reason a situation ends with. */
export const reasonOf = (situation: Situation = {}): string => decide(situation).reason;

/** Reason and rule of a refusal, in words. */
export function refusalOf(situation: Situation = {}): { reason: string; rule: string | null } {
  const decision = decide(situation);
  return { reason: decision.reason, rule: decision.allowed ? null : ruleWords(decision.rule) };
}
