import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { wrappingKey } from "#lib/keys/key";
import { createInstallation, type TestInstallation } from "../installation";
import { GATEWAY_SECRET, startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { API, asking, type Emulation, MAIN } from "./emulated";
import { startEnvoy } from "./envoy";
import { run, SCRIPTS } from "./envoy-lua";
import { startIstio } from "./istio";
import { startJira } from "./jira";
import { startKong } from "./kong";
import type { Running } from "./program";
import type { RawAnswer } from "./raw-request";
import type { Upstream } from "./recorder";
import { waitUntil } from "./wait-until";

// The lines of gateways/envoy, istio and kong for applications that know the user by X-Remote-User (Radicale). The real
// programs with theirs have a real Radicale behind them (test/gateways).

type Starts = Pick<Emulation, "name" | "gatewayKey" | "asksByGrpc" | "start">;
const EMULATIONS: readonly Starts[] = [
  {
    ...{ name: "Envoy by HTTP", gatewayKey: "envoy", asksByGrpc: false },
    start: (site) => startEnvoy("HTTP", site),
  },
  {
    ...{ name: "Envoy by gRPC", gatewayKey: "envoy", asksByGrpc: true },
    start: (site) => startEnvoy("gRPC", site),
  },
  { name: "Istio", gatewayKey: "envoy", asksByGrpc: false, start: startIstio },
  { name: "Kong", gatewayKey: "forward", asksByGrpc: false, start: startKong },
];

const NAME = "x-remote-user";
/** What CGI and WSGI read as that name, in any case, once, twice, and named as what is for the next hop. */
const CLAIMS = [
  ...["X-Remote-User", "x-remote-user", "X-REMOTE-USER", "X_Remote_User", "X-Remote_User", "X_Remote-User"].map(
    (name) => [`${name}: root`],
  ),
  ["X-Remote-User: root", "x-remote-user: root"],
  ["X_Remote_User: root", "X-Remote-User: root", "X_REMOTE_USER: root"],
  ["X-Remote-User: root", "Connection: close, X-Remote-User"],
  ["X-Latchkey-User: root", "X_Latchkey_User: root"],
  ["X-Remote-User:", "X-Remote-User: root"],
] as const;
const MYSELF = "GET /rest/api/2/myself HTTP/1.1";
const bearer = ({ secret }: Pick<Issued, "secret">) => `Authorization: Bearer ${secret}`;

let installation: TestInstallation;
let plane: TestPlane;
let jira: Upstream;
let tokens: Record<"maria" | "signed" | "revoked", Issued>;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const passes = "observe";
  const rules = { password: passes, foreignBearer: passes, oauth1: passes, otherScheme: passes, none: passes };
  const on = (context: string) => ({ rules, routes: { create: [API, MAIN].map((host) => ({ host, context })) } });
  const ids = [
    await seedApplication(db, "jira", "jira", { ...on(""), identity: "header" }),
    await seedApplication(db, "signed", "jira", { ...on("/signed"), identity: "jwt" }),
  ];
  for (const adapter of ["envoy", "forward"] as const) await seedGateway(db, adapter, GATEWAY_SECRET, ids, { adapter });
  const maria = (await installation.person("maria", ["api-users"])).id;
  const revoked = { revokedAt: new Date(), revokedBy: "x", revocationReason: "unused" } as const;
  tokens = {
    maria: await seedToken(db, maria),
    signed: await seedToken(db, maria, { allApplications: false, applications: ["signed"] }),
    revoked: await seedToken(db, maria, revoked),
  };
  const wrapping = [wrappingKey(process.env.LATCHKEY_SECRET ?? "", "assertion")];
  [plane, jira] = await Promise.all([startPlane(database.verifierUrl, "v1", 10, { wrapping }), startJira()]);
});
afterAll(async () => {
  await Promise.all([plane.stop(), jira.stop()]);
  await installation.close();
});

/** What arrived under any name that is read as that one. */
const arrived = (): readonly (readonly string[])[] =>
  jira
    .take()
    .map(({ headers }) =>
      Object.entries(headers).flatMap(([name, values]) =>
        name.replaceAll("_", "-").toLowerCase() === NAME ? (values ?? []) : [],
      ),
    );

describe.each(EMULATIONS)("behind $name", ({ gatewayKey, asksByGrpc, start }) => {
  let gateway: Running;
  /** Again while a busy machine misses the verifier's deadline. */
  const decided =
    (host: string) =>
    (lines: readonly string[]): Promise<RawAnswer> =>
      waitUntil("it is decided", async () => {
        const answer = await asking(() => gateway, host)(lines);
        return answer.status === 503 ? undefined : answer;
      });
  const [api, main] = [decided(API), decided(MAIN)];
  const site = (remoteUser: boolean) => ({
    ...{ verifierPort: asksByGrpc ? plane.grpcPort : plane.port, gatewayKey, gatewaySecret: GATEWAY_SECRET },
    ...{ upstreamPort: jira.port, apiHost: API, mainHost: MAIN, remoteUser },
  });
  const opened = async (remoteUser: boolean) => {
    gateway = await start(site(remoteUser));
  };

  describe("with its lines", () => {
    beforeAll(() => opened(true));
    afterAll(() => gateway.stop());
    beforeEach(() => void jira.take());

    test("a token's owner arrives, whatever the client says", async () => {
      for (const ask of [api, main])
        for (const claim of [[], ...CLAIMS]) {
          expect([claim, (await ask([MYSELF, bearer(tokens.maria), ...claim])).status]).toEqual([claim, 200]);
          expect([claim, arrived()]).toEqual([claim, [["maria"]]]);
        }
    });

    test("nobody arrives where no token was verified, asked about or not", async () => {
      for (const ask of [api, main])
        for (const who of ["Authorization: Basic cm9vdDp4", "Authorization: Bearer bmF0aXZl", "Cookie: JSESSIONID=1"])
          for (const claim of [[], ...CLAIMS]) {
            await ask([MYSELF, who, ...claim]);
            expect([who, claim, arrived()]).toEqual([who, claim, [[]]]);
          }
    });

    test("a token that is refused reaches nobody", async () => {
      for (const claim of CLAIMS) expect((await api([MYSELF, bearer(tokens.revoked), ...claim])).status).toBe(401);
      expect(arrived()).toEqual([]);
    });

    test("an application that is told who it is by assertion is told nothing else", async () => {
      for (const claim of [[], ...CLAIMS]) {
        await api(["GET /signed/rest/api/2/myself HTTP/1.1", bearer(tokens.signed), ...claim]);
        expect([claim, arrived()]).toEqual([claim, [[]]]);
      }
    });
  });

  test("as it is shipped nobody arrives, and the client's own word neither", async () => {
    await opened(false);
    for (const ask of [api, main])
      for (const claim of CLAIMS) {
        await ask([MYSELF, bearer(tokens.maria), ...claim]);
        await ask([MYSELF, "Cookie: JSESSIONID=1", ...claim]);
        expect([claim, arrived()]).toEqual([claim, [[], []]]);
      }
    await gateway.stop();
  });
});

describe.each(Object.entries(SCRIPTS))("the script for %s itself", (_name, shippedScript) => {
  const script = shippedScript.replaceAll("--user ", "");
  const tells = (headers: string, wanted: string) =>
    `do local h = handle({ ${headers} }) envoy_on_request(h) same("of ${headers.replaceAll('"', "'")}", h.sent:get("X-Remote-User"), ${wanted}) end`;

  test("tells the owner of a token, and nobody of whom no token says it", () => {
    const token = '["x-latchkey-auth"] = "token"';
    expect(script).not.toBe(shippedScript);
    const checks = [
      tells(`${token}, ["x-latchkey-user"] = "maria"`, '"maria"'),
      tells(`${token}, ["X-Latchkey-User"] = "M%C3%A4ria"`, '"M%C3%A4ria"'),
      tells(token, "nil"),
      tells(`${token}, ["x-latchkey-user"] = ""`, "nil"),
      ...["password", "foreignBearer", "oauth1", "otherScheme", "none"].map((auth) =>
        tells(`["x-latchkey-auth"] = "${auth}", ["x-latchkey-user"] = "maria"`, "nil"),
      ),
    ].join("\n");
    expect(run(script, checks)).toEqual([]);
  });

  test("tells nobody as it is shipped", () => {
    expect(run(shippedScript, tells('["x-latchkey-auth"] = "token", ["x-latchkey-user"] = "maria"', "nil"))).toEqual(
      [],
    );
  });
});
