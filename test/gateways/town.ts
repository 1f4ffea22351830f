import { Prisma } from "#lib/db/generated/client";
import { wrappingKey } from "#lib/keys/key";
import { certificateFolder, newCertificate } from "../certificates";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane } from "../plane";
import { seedApplication, seedGateway, seedToken } from "../seeded";
import { startApache } from "../upstreams/apache";
import { startApisix } from "../upstreams/apisix";
import { startCaddy } from "../upstreams/caddy";
import { startEnvoy } from "../upstreams/envoy";
import type { ForwardSite } from "../upstreams/forwarding";
import { startHaproxy } from "../upstreams/haproxy";
import { startIngressNginx } from "../upstreams/ingress-nginx";
import { startIstio } from "../upstreams/istio";
import { startJira } from "../upstreams/jira";
import { startKong } from "../upstreams/kong";
import { startNginx } from "../upstreams/nginx";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import type { Running } from "../upstreams/program";
import { startTraefik } from "../upstreams/traefik";
import { waitUntil } from "../upstreams/wait-until";
import { EMULATIONS } from "./emulations";
import { LIVING, openEstate, startFrontOf } from "./estate";
import { FAR, NEAR } from "./keeps-address";
import { OWN_NAMES, ownOn } from "./keeps-elsewhere";
import { OTHER_HOST } from "./keeps-hosts";
import { LONGEST } from "./keeps-large";
import { MINE } from "./keeps-moves";
import type { SecuredPlace } from "./keeps-secured";
import { CHAT } from "./keeps-special";
import { bearer, MYSELF, type Place, patiently } from "./place";
import { GATEWAYS, type GatewaySpec } from "./table";
import { startTap } from "./tap";
import { startGrpcTap } from "./tap-grpc";

/** All gateways, each with an application of its own, before one verifier. */
export type Town = {
  readonly at: (name: string) => Place;
  /** Opens one more of that name, with TLS and HTTP/2 in front. */
  readonly secured: (name: string) => Promise<SecuredPlace>;
  readonly log: () => readonly string[];
  readonly secrets: readonly string[];
  readonly close: () => Promise<void>;
};

type Site = ForwardSite & { readonly gatewayKey: string };
const START: Readonly<Record<string, (site: Site) => Promise<Running>>> = {
  nginx: ({ verifierPort, ...site }) => startNginx({ ...site, verifierPorts: [verifierPort] }),
  Caddy: startCaddy,
  HAProxy: startHaproxy,
  Apache: startApache,
  "Envoy by HTTP": (site) => startEnvoy("HTTP", site),
  "Envoy by gRPC": (site) => startEnvoy("gRPC", site),
  Istio: startIstio,
  Traefik: startTraefik,
  "ingress-nginx": startIngressNginx,
  "Apache APISIX": startApisix,
  Kong: startKong,
};

/** git shows its credential only when it is asked for one. */
const TOKENS_ONLY = Object.fromEntries(
  ["password", "foreignBearer", "oauth1", "otherScheme", "none"].map((each) => [each, "block"]),
);

/** Of the longest name and in many groups: whoever makes a verifier's largest answer. @returns the person's id */
async function crowdedPerson({ db, person }: TestInstallation): Promise<string> {
  const names = Array.from({ length: 60 }, (_, n) => `${n}-`.padEnd(95, "g"));
  await db.group.createMany({ data: names.map((name) => ({ name, externalId: name })) });
  return (await person(LONGEST, ["api-users", ...names])).id;
}

const ALL = [...GATEWAYS, ...EMULATIONS];

/** Opens it, and waits until the verifier has each token in memory. */
export async function openTown(): Promise<Town> {
  const installation = await createInstallation();
  const { db, database } = installation;
  // All come from one address, and fail more often than one may.
  await db.settings.updateMany({ data: { failureRate: Prisma.DbNull } });
  const below = (context: string) => ({
    ...{ identity: "header" as const, routes: { create: [API_HOST, MAIN_HOST].map((host) => ({ host, context })) } },
  });
  const applications = [
    await seedApplication(db, "jira", "jira", below("")),
    await seedApplication(db, "bitbucket", "bitbucket", { ...below("/bitbucket"), rules: TOKENS_ONLY }),
    await seedApplication(db, "living", "bitbucket", below(LIVING)),
    await seedApplication(db, "radicale", "generic", below("/radicale")),
    await seedApplication(db, "signed", "jira", { ...below("/signed"), identity: "jwt" }),
    await seedApplication(db, "own", "generic", ownOn([API_HOST, MAIN_HOST])),
    await seedApplication(db, "chat", "generic", {
      ...{ ...below(CHAT), rules: TOKENS_ONLY, webSocket: true, preflight: true },
    }),
    await seedApplication(db, "wiki", "generic", { routes: { create: [{ host: OTHER_HOST, context: "" }] } }),
  ];
  for (const { key, adapter } of ALL) await seedGateway(db, key, GATEWAY_SECRET, applications, { adapter });
  const { id: ownerId } = await installation.person("maria", ["api-users"]);
  const crowded = await crowdedPerson(installation);
  const ended = new Date(Date.now() - 60_000);
  const shared = {
    read: await seedToken(db, ownerId, { access: "read" }),
    write: await seedToken(db, ownerId),
    revoked: await seedToken(db, ownerId, { revokedAt: ended, revokedBy: "x", revocationReason: "unused" }),
    suspended: await seedToken(db, ownerId, { suspendedAt: ended, suspendedBy: "x" }),
    expired: await seedToken(db, ownerId, { expiresAt: ended }),
    crowded: await seedToken(db, crowded),
    wiki: await seedToken(db, ownerId, { allApplications: false, applications: ["wiki"] }),
    team: await seedToken(db, ownerId, { headerConditions: [{ name: "x-team", value: "release" }] }),
    agent: await seedToken(db, ownerId, { headerConditions: [{ name: "user-agent", value: "it/1" }] }),
    mover: await seedToken(db, ownerId, { pathRules: [`* ${MINE}/**`] }),
    near: await seedToken(db, ownerId, { ipRanges: [`${NEAR}/32`] }),
    far: await seedToken(db, ownerId, { ipRanges: [`${FAR}/32`] }),
  };
  const wrapping = [wrappingKey(process.env.LATCHKEY_SECRET ?? "", "assertion")];
  const [plane, estate] = await Promise.all([startPlane(database.verifierUrl, "v1", 10, { wrapping }), openEstate()]);
  const keySet = new URL(`http://127.0.0.1:${plane.port}/.well-known/jwks.json`);
  const quarantine = (quarantinedAt: Date | null) => db.settings.update({ where: { id: 1 }, data: { quarantinedAt } });

  const folder = certificateFolder();
  const { cert, key } = await newCertificate();
  folder.write({ "site.pem": cert, "site.key": key, "both.pem": `${cert}\n${key}` });
  const own = { cert: folder.path("site.pem"), key: folder.path("site.key"), both: folder.path("both.pem") };

  const open = async (
    gateway: GatewaySpec,
    front: Pick<Site, "own"> = {},
  ): Promise<Place & { stop(): Promise<unknown> }> => {
    const [tap, application] = await Promise.all([
      gateway.grpc ? startGrpcTap(plane.grpcPort) : startTap(plane.port),
      startJira(),
    ]);
    const behind = await startFrontOf(estate, application.port);
    const running = await START[gateway.name]?.({
      ...{ verifierPort: tap.port, gatewayKey: gateway.key, gatewaySecret: GATEWAY_SECRET },
      ...{ upstreamPort: behind.port, apiHost: API_HOST, mainHost: MAIN_HOST, names: OWN_NAMES },
      ...{ remoteUser: true, ...front },
    });
    if (running === undefined) throw new Error(`Nobody starts ${gateway.name}`);
    const slow = await seedToken(db, ownerId, { rateLimit: { perMinute: 1, burst: 1 } });
    const [api, main] = [patiently(API_HOST, running.port), patiently(MAIN_HOST, running.port)];
    const allowed = (is: boolean) => () => ((plane.plane.facts.undecidable === null) === is ? true : undefined);
    return {
      ...{
        gateway,
        port: running.port,
        api,
        main,
        asked: gateway.apiHostOnly ? [api] : [api, main],
        tap,
        application,
        behind: behind.port,
        living: estate.living,
        ownerId,
        keySet,
        log: () => plane.lines,
        tokens: { ...shared, slow },
      },
      async quarantined(during) {
        await quarantine(new Date());
        await waitUntil("the verifier knows", allowed(false));
        await during().finally(() => quarantine(null));
        await waitUntil("the verifier knows that it ended", allowed(true));
      },
      stop: () => Promise.all([running.stop(), tap.stop(), behind.stop(), application.stop()]),
    };
  };
  const places = await Promise.all(ALL.map((each) => open(each)));
  for (const { api } of places)
    for (const token of [shared.read, shared.write, shared.crowded]) await api([MYSELF, bearer(token)]);
  return {
    at(name) {
      const place = places.find(({ gateway }) => gateway.name === name);
      if (place === undefined) throw new Error(`There is no ${name}`);
      return place;
    },
    async secured(name) {
      const [gateway] = ALL.filter((each) => each.name === name);
      if (gateway === undefined) throw new Error(`There is no ${name}`);
      const place = await open(gateway, { own });
      places.push(place);
      return { ...place, ca: cert, caFile: own.cert };
    },
    log: () => plane.lines,
    secrets: [GATEWAY_SECRET, ...places.flatMap(({ tokens }) => Object.values(tokens).map(({ secret }) => secret))],
    async close() {
      await Promise.all(places.map(({ stop }) => stop()));
      await Promise.all([plane.stop(), estate.stop()]);
      await installation.close();
      folder.remove();
    },
  };
}
