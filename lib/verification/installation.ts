import { Buffer } from "node:buffer";
import type { Application } from "#lib/applications/application";
import type { Gateway } from "#lib/gateways/gateway";
import type { TrustedProxies } from "#lib/networks/proxies";
import { compileRanges, type RangeSet } from "#lib/networks/range-set";
import type { RateLimit } from "#lib/tokens/restrictions/restrictions";
import type { Prefixes } from "#lib/tokens/secret";
import type { Sources } from "./credential";
import { compileExceptions, type KnownExceptions } from "./exceptions";
import type { InstallationFacts } from "./facts/model";
import { filterOf, type PathFilter } from "./path-filter";
import { compilePaths, type Paths } from "./reads";
import { layRoutes, type RouteTable } from "./route";
import type { Signer } from "./signer";

export type KnownApplication = {
  readonly application: Application;
  readonly sources: Sources;
  readonly paths: Paths;
  readonly filter: PathFilter;
  readonly exceptions: KnownExceptions;
};

export type KnownGateway = {
  readonly gateway: Gateway;
  readonly peers: RangeSet;
  /** Proxies in front of it; null = none is trusted, and it reports the client alone. */
  readonly proxies: TrustedProxies | null;
  readonly applications: ReadonlySet<string>;
  readonly secretDigest: Buffer;
  readonly previousSecretDigest: Buffer | null;
};

/** The facts of an installation laid out for judging. Immutable; made anew whenever any of them changes. */
export type Installation = {
  readonly facts: InstallationFacts;
  readonly gateways: ReadonlyMap<string, KnownGateway>;
  /** By key. */
  readonly applications: ReadonlyMap<string, KnownApplication>;
  readonly routes: RouteTable<KnownApplication>;
  /** Global ranges; null = anywhere. */
  readonly ranges: RangeSet | null;
  readonly prefixes: Prefixes;
  /** How often all tokens of one owner together may be used, and how many failures an address may make; null = not limited. */
  readonly ownerRate: RateLimit | null;
  readonly failureRate: RateLimit | null;
  /** What signs assertions; null where this verifier cannot open the key; `elsewhere` where nothing is signed at all. */
  readonly signer: Signer | "elsewhere" | null;
};

/** Whence gateways without peers of their own may call. */
const LOOPBACK = ["127.0.0.0/8", "::1"];

/** Both must say so: neither hops alone nor ranges alone make anybody trusted. */
function layProxies({ trustedHops: hops, trustedRanges }: Gateway): TrustedProxies | null {
  if (hops === 0 || trustedRanges.length === 0) return null;
  return { hops, ranges: compileRanges(trustedRanges, new Map()) };
}

function layGateway(gateway: Gateway): KnownGateway {
  const { peers, applications, secretDigest, previousSecretDigest } = gateway;
  return {
    gateway,
    peers: compileRanges(peers.length === 0 ? LOOPBACK : peers, new Map()),
    proxies: layProxies(gateway),
    applications: new Set(applications),
    secretDigest: Buffer.from(secretDigest, "hex"),
    previousSecretDigest: previousSecretDigest === null ? null : Buffer.from(previousSecretDigest, "hex"),
  };
}

function layApplication(application: Application): KnownApplication {
  const { basic, bearer, header, query } = application.credentials;
  return {
    application,
    sources: { basic, bearer, header: header?.toLowerCase() ?? null, query: query?.toLowerCase() ?? null },
    paths: compilePaths(application),
    filter: filterOf(application.pathFilter),
    exceptions: compileExceptions(application.exceptions),
  };
}

/** Lays out facts for judging; linear in their number. Facts that are not whole throw here, before anything is allowed. */
export function layOut(facts: InstallationFacts, signer: Installation["signer"] = "elsewhere"): Installation {
  const { ranges, tokenPrefix, retiredPrefixes, ownerRate, failureRate } = facts.settings;
  const gateways = new Map<string, KnownGateway>();
  for (const [key, gateway] of facts.gateways) gateways.set(key, layGateway(gateway));
  const applications = new Map<string, KnownApplication>();
  const laid = (application: Application) => {
    const known = layApplication(application);
    applications.set(application.key, known);
    return known;
  };
  return {
    facts,
    gateways,
    routes: layRoutes(facts.applications, laid),
    applications,
    ranges: ranges.length === 0 ? null : compileRanges(ranges, facts.networks),
    prefixes: { prefix: tokenPrefix, retiredPrefixes },
    ...{ ownerRate, failureRate },
    signer,
  };
}
