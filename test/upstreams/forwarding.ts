import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { TokenNames } from "#lib/gateways/token-names";
import { describeHosts } from "./forwarding-hosts";
import { describeOthers } from "./forwarding-others";
import { describeTokens } from "./forwarding-tokens";
import { startJira } from "./jira";
import type { Other } from "./nginx-site";
import type { Running } from "./program";
import { type RawAnswer, rawRequest } from "./raw-request";
import type { Reached } from "./reached";
import type { Upstream } from "./recorder";
import { ALLOW_TOKEN, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";

/** What an operator would fill in, and where the two hosts of the example listen. */
export type ForwardSite = Reached & {
  readonly verifierPort: number;
  /** As the shipped files have it: gw1. */
  readonly gatewayKey?: string;
  readonly gatewaySecret: string;
  readonly upstreamPort: number;
  readonly apiHost: string;
  readonly mainHost: string;
  /** Further applications beside one of the two hosts, each with a name of its own. */
  readonly others?: readonly Other[];
  /** CIDRs of proxies in front of it: then with what the portal adds for those. */
  readonly proxies?: readonly string[];
  /** Where else applications take tokens: then with what the portal adds for those. */
  readonly names?: TokenNames;
  /** With the lines for applications that know the user by X-Remote-User. */
  readonly remoteUser?: boolean;
};

type Ask = (lines: readonly string[], body?: string) => Promise<RawAnswer>;

/** What the tests of a contract need; the getters know it once everything runs. */
export type Contract = {
  readonly program: string;
  readonly start: (site: ForwardSite) => Promise<Running>;
  /** Targets that the program spells in another way before it asks. */
  readonly spells: Readonly<Record<string, string>>;
  /** Targets of which the application gets one slash where several were judged, which counts as the same. */
  readonly merges: Readonly<Record<string, string>>;
  verifier(): ScriptedVerifier;
  jira(): Upstream;
  gateway(): Running;
  site(): Omit<ForwardSite, "verifierPort">;
  readonly api: Ask;
  readonly main: Ask;
};

export const [API_HOST, MAIN_HOST] = ["127.0.0.1", "127.0.0.2"] as const;
export const SECRET = "lk_0123456789abcdefghijABCDEFGHIJ01AAAAAA";
export const GATEWAY_SECRET = "gateway-secret-of-the-test";
const NAMES = ["User", "User-Id", "Groups", "Access", "Token-Id", "Request-Id", "Assertion", "Auth"];
export const FORGED = [...NAMES.map((name) => `X-Latchkey-${name}`), "X-Remote-User"].flatMap((name) => [
  `${name}: root`,
  `${name.replaceAll("-", "_")}: root`,
]);

/**
 * What every configuration for the forward adapter must do, run against the real program with a scripted verifier.
 * @param start starts the program with the shipped files
 */
export function forwardContract(
  program: string,
  start: (site: ForwardSite) => Promise<Running>,
  differs: Partial<Pick<Contract, "spells" | "merges">> = {},
): void {
  let running: { verifier: ScriptedVerifier; jira: Upstream; gateway: Running } | null = null;
  const now = () => {
    if (running === null) throw new Error(`${program} does not run`);
    return running;
  };
  const site = () => ({
    ...{ upstreamPort: now().jira.port, gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST },
  });
  const at =
    (address: string): Ask =>
    (lines, body) =>
      rawRequest({ address, port: now().gateway.port }, lines, body);
  const contract: Contract = {
    ...{ program, start, spells: {}, merges: {}, ...differs, site, api: at(API_HOST), main: at(MAIN_HOST) },
    ...{ verifier: () => now().verifier, jira: () => now().jira, gateway: () => now().gateway },
  };

  beforeAll(async () => {
    const [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
    const given = { gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST };
    const gateway = await start({ ...given, verifierPort: verifier.port, upstreamPort: jira.port });
    running = { verifier, jira, gateway };
  });
  afterAll(() => running && Promise.all([running.gateway.stop(), running.jira.stop(), running.verifier.stop()]));
  beforeEach(() => {
    const { verifier, jira } = now();
    verifier.say(ALLOW_TOKEN);
    verifier.take();
    jira.take();
  });
  describeTokens(contract);
  describeOthers(contract);
  describeHosts(contract);
}

/** @param startBroken starts the program with a script that fails whenever it would ask */
export function failsClosed(program: string, startBroken: (site: ForwardSite) => Promise<Running>): void {
  test(`a script of ${program} that fails lets nothing pass that must be asked about`, async () => {
    const jira = await startJira();
    const given = { gatewaySecret: GATEWAY_SECRET, apiHost: API_HOST, mainHost: MAIN_HOST };
    const { port, stop } = await startBroken({ ...given, verifierPort: 9, upstreamPort: jira.port });
    for (const address of [API_HOST, MAIN_HOST]) {
      const { status } = await rawRequest({ address, port }, ["GET / HTTP/1.1", "Authorization: Bearer x"]);
      expect(status).toBeGreaterThanOrEqual(500);
    }
    expect(jira.take()).toEqual([]);
    await stop();
    await jira.stop();
  });
}
