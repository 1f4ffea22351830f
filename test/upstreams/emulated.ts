import type { Reach } from "#lib/gateways/reach";
import type { TokenNames } from "#lib/gateways/token-names";
import type { Running } from "./program";
import type { RawAnswer } from "./raw-request";
import { rawRequest } from "./raw-request";

/** What an operator would fill in, and by which names the two hosts are called. */
export type EmulatedSite = {
  readonly verifierPort: number;
  readonly gatewayKey: string;
  readonly gatewaySecret: string;
  readonly upstreamPort: number;
  readonly apiHost: string;
  readonly mainHost: string;
  /** CIDRs of proxies in front of it: then with what the portal adds for those. */
  readonly proxies?: readonly string[];
  /** Where else applications take tokens: then with what it adds for those. */
  readonly names?: TokenNames;
  /** How it reaches the verifier; without anything, on its port of the loopback in clear. */
  readonly reach?: Reach;
  /** Where the files are that the page's files look for in /etc/latchkey. */
  readonly certificates?: string;
  /** With the line for applications that know the user by X-Remote-User, where the program has one. */
  readonly remoteUser?: boolean;
  /** Applications besides `jira`, each on a host of its own. */
  readonly beside?: readonly Beside[];
};
type Beside = { readonly key: string; readonly host: string; readonly port: number };

/** A gateway whose shipped configuration is obeyed by an emulation. */
export type Emulation = {
  readonly name: string;
  readonly gatewayKey: string;
  /** Of the verifier: the one for HTTP or the one for gRPC. */
  readonly asksByGrpc: boolean;
  readonly start: (site: EmulatedSite) => Promise<Running>;
  /** What it gets for a method that nobody needs, and for an upgrade where none may be. */
  readonly never: number;
  readonly noUpgrade: number;
};

export const [API, MAIN] = ["jira.corp", "main.corp"] as const;

/** Asks a gateway by the name of one of its hosts. */
export const asking =
  (gateway: () => Running, host: string) =>
  (lines: readonly string[], body = ""): Promise<RawAnswer> =>
    rawRequest({ address: "127.0.0.1", port: gateway().port }, [...lines, `Host: ${host}`], body);
