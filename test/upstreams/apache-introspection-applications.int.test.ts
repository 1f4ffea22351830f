import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate } from "../certificates";
import { MODULES } from "../gateways/protocols";
import { createInstallation, type TestInstallation } from "../installation";
import { startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { type ASKING, BESIDE, OWN, startIntrospectingApache } from "./apache-introspection";
import { startJira } from "./jira";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import type { Upstream } from "./recorder";
import { waitUntil } from "./wait-until";

// By introspection the verifier is told no host: which application a token is for, httpd itself sees in the answer.

/** The key of the second application, which begins as that of the first. */
const NEXT = "jira-next";
const SECRET = "gateway-secret-of-the-test";
const PATHS = [
  "GET /rest/api/2/myself HTTP/1.1",
  "OPTIONS /rest/api/2/field HTTP/1.1",
  "POST /rest/api/2/issue HTTP/1.1",
];
const GATEWAYS = { "one gateway for both": ["both", "both"], "a gateway for each": ["jira", "wiki"] } as const;

let installation: TestInstallation;
const folder = certificateFolder();
let planes: Record<keyof typeof ASKING, TestPlane>;
let upstreams: Record<"jira" | "wiki", Upstream>;
let tokens: Record<"jira" | "wiki" | "both", Issued>;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  const [jira, wiki] = [await seedApplication(db, "jira"), await seedApplication(db, NEXT)];
  for (const [key, ids] of [
    ["both", [jira, wiki]],
    ["jira", [jira]],
    ["wiki", [wiki]],
  ] as const)
    await seedGateway(db, key, SECRET, [...ids], { adapter: "api" });
  const maria = (await installation.person("maria", ["api-users"])).id;
  const only = (key: string) => seedToken(db, maria, { allApplications: false, applications: [key] });
  tokens = { jira: await only("jira"), wiki: await only(NEXT), both: await seedToken(db, maria) };
  const { cert, key } = await newCertificate();
  folder.write({ "cert.pem": cert, "key.pem": key });
  const files = { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined };
  const certificate = openCertificate(files, createLog("error", { write: () => undefined }, Date.now));
  const [oauth2, auth_openidc] = await Promise.all([
    startPlane(database.verifierUrl, "v1"),
    startPlane(database.verifierUrl, "v2", 10, { certificate }),
  ]);
  planes = { oauth2, auth_openidc };
  upstreams = { jira: await startJira(), wiki: await startJira() };
});
afterAll(async () => {
  const all = [...Object.values(planes), ...Object.values(upstreams)];
  await Promise.all(all.map((each) => each.stop()));
  await installation.close();
  folder.remove();
});
beforeEach(() => void [upstreams.jira.take(), upstreams.wiki.take()]);

describe.each(MODULES)("two applications behind Apache with $name", ({ module }) => {
  describe.each(Object.entries(GATEWAYS))("and %s", (_name, [gatewayKey, besideKey]) => {
    let apache: Running;
    const ask = (address: string, line: string, { secret }: Issued) =>
      rawRequest(
        { address, port: apache.port },
        [line, `Authorization: Bearer ${secret}`],
        line.startsWith("POST") ? "{}" : "",
      );
    const AT = { jira: OWN, wiki: BESIDE } as const;
    const letIn = (key: "jira" | "wiki", token: keyof typeof tokens = key) =>
      waitUntil("it is let in", async () =>
        (await ask(AT[key], "GET /rest/api/2/myself HTTP/1.1", tokens[token])).status === 200 ? true : undefined,
      );

    beforeAll(async () => {
      apache = await startIntrospectingApache(module, {
        ...{ verifierPort: planes[module].port, gatewaySecret: SECRET, upstreamPort: upstreams.jira.port },
        ...{ believes: folder.path("cert.pem"), gatewayKey },
        beside: { application: NEXT, gatewayKey: besideKey, upstreamPort: upstreams.wiki.port },
      });
    });
    afterAll(() => apache.stop());

    test("a token for both reaches each, one right after the other", async () => {
      await letIn("jira", "both");
      for (const key of ["wiki", "jira"] as const)
        for (const line of PATHS)
          expect([key, line, (await ask(AT[key], line, tokens.both)).status < 400]).toEqual([key, line, true]);
    });

    test.each([
      ["jira", "wiki"],
      ["wiki", "jira"],
    ] as const)(
      "a token for %s alone reaches it and never the other, though httpd has just heard that it is good",
      async (own, other) => {
        for (const line of PATHS) {
          await letIn(own);
          expect([line, (await ask(AT[other], line, tokens[own])).status]).toEqual([line, 401]);
        }
        expect(upstreams[own].take().length).toBeGreaterThan(0);
        expect(upstreams[other].take()).toEqual([]);
      },
    );
  });
});
