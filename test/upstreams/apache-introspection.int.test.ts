import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { newSecret } from "#lib/tokens/secret";
import { BITBUCKET } from "#lib/verification/reads/bitbucket";
import { CONFLUENCE } from "#lib/verification/reads/confluence";
import { JIRA } from "#lib/verification/reads/jira";
import { openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate } from "../certificates";
import { FORGED } from "../gateways/keeps-identity";
import { INTROSPECTED, type IntrospectedId, MODULES } from "../gateways/protocols";
import { createInstallation, type TestInstallation } from "../installation";
import { startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { type ASKING, startIntrospectingApache } from "./apache-introspection";
import { startJira } from "./jira";
import { OVERRIDES } from "./overrides";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { waitUntil } from "./wait-until";

const SECRET = "gateway-secret-of-the-test";
const MYSELF = "GET /rest/api/2/myself HTTP/1.1";
const CREATE = "POST /rest/api/2/issue HTTP/1.1";
let installation: TestInstallation;
const folder = certificateFolder();
let planes: Record<keyof typeof ASKING, TestPlane>;
let jira: Upstream;
let apaches: Record<keyof typeof ASKING, Running>;
let apache: Running;
let tokens: Record<"read" | "write" | "limited", Issued> & { readonly owner: string };

const ask = (lines: readonly string[], body?: string) =>
  rawRequest({ address: "127.0.0.1", port: apache.port }, lines, body);
const bearer = ({ secret }: Pick<Issued, "secret">) => `Authorization: Bearer ${secret}`;

/** What a client might say of itself besides. */
const SAYS = ["X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Proxy", "Proxy-Authorization"];

/** A path of each of these patterns. */
const among = (patterns: readonly string[]): string[] =>
  patterns.map((pattern) => pattern.replaceAll("**", "a/b").replaceAll("*", "x"));
const KINDS = [JIRA, CONFLUENCE, BITBUCKET];
/** What the verifier keeps from tokens at these kinds, or from tokens that only read. */
const SHUT = KINDS.flatMap(({ never, unlessListed, writes }) =>
  among([...Object.values(never).flat(), ...unlessListed, ...writes]),
);
const MISSPELT = [
  ...["/rest//pat/latest/tokens", "//rest/pat", "/rest;x=1/pat", "/rest/pat;x=1/a", "/rest/%70at/a", "/REST/PAT/a"],
  ...[
    "/rest/api/..;/pat/a",
    "/rest/api/%2e%2e/pat/a",
    "/rest/api/../pat/a",
    "/rest/./pat/a",
    "/rest%2fpat",
    "/rest/x%2F..%2Fpat",
  ],
  ...[
    "/rest/%2570at",
    "/rest\\pat",
    "/rest/%5cpat",
    "/rest/pat.json",
    "/secure/Logout!default.jspa",
    "/rest/x.jspa",
    "/download/a.action",
    "/rest/api/2/%09x",
    "/",
  ],
];
/** What programs ask for at all three. */
const OPEN = [
  ...among(KINDS.flatMap(({ reached }) => reached)),
  ...["/rest/api/2/search?jql=project%20%3D%20X%3B%25", "/rest/api/2/issue/A-1", "/rest/api/latest/projects/P/repos"],
  ...["/scm/p/r.git/info/refs?service=git-upload-pack", "/rest/api/content/1/child/page", "/download/a%20b.pdf"],
  ...[
    "/rest/patterns/x",
    "/rest/api/1.0/projects/P/repos/administration",
    "/rest/api/1.0/projects/P/repos/password-manager",
  ],
];

/** Each name in all mixtures of `-` and `_`, which some servers read as the same. */
const spellings = (names: readonly string[]): string[] =>
  names.flatMap((name) =>
    name
      .split("-")
      .reduce<string[]>(
        (begun, part) => begun.flatMap((each) => (each === "" ? [part] : [`${each}-${part}`, `${each}_${part}`])),
        [""],
      ),
  );

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  await seedGateway(db, "gw1", SECRET, [await seedApplication(db, "jira")], { adapter: "api" });
  const maria = (await installation.person("maria", ["api-users"])).id;
  tokens = {
    owner: maria,
    read: await seedToken(db, maria, { access: "read" }),
    write: await seedToken(db, maria),
    limited: await seedToken(db, maria, { pathRules: ["GET /rest/**"] }),
  };
  const { cert, key } = await newCertificate();
  folder.write({ "cert.pem": cert, "key.pem": key });
  const files = { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined };
  const certificate = openCertificate(files, createLog("error", { write: () => undefined }, Date.now));
  const [oauth2, auth_openidc] = await Promise.all([
    startPlane(database.verifierUrl, "v1"),
    startPlane(database.verifierUrl, "v2", 10, { certificate }),
  ]);
  planes = { oauth2, auth_openidc };
  jira = await startJira();
  const behind = (module: keyof typeof ASKING) =>
    startIntrospectingApache(module, {
      ...{ verifierPort: planes[module].port, gatewaySecret: SECRET, upstreamPort: jira.port, believes: files.cert },
    });
  apaches = { oauth2: await behind("oauth2"), auth_openidc: await behind("auth_openidc") };
});
afterAll(async () => {
  await Promise.all([...Object.values(apaches), ...Object.values(planes), jira].map((each) => each.stop()));
  await installation.close();
  folder.remove();
});
beforeEach(() => void jira.take());

/** Each promise is proven by the function of its name. */
const PROVES: Record<IntrospectedId, () => Promise<void>> = {
  async owner() {
    const others = spellings([...SAYS, "X-Api-Token", ...OVERRIDES]).map((name) => [`${name}: root`]);
    for (const forgery of [...FORGED, ...others]) {
      const { status } = await ask([MYSELF, bearer(tokens.read), "Cookie: JSESSIONID=1", ...forgery]);
      expect([forgery, status]).toEqual([forgery, 200]);
      const [arrival] = jira.take();
      expect([forgery, arrival?.headers["x-latchkey-user"]]).toEqual([forgery, ["maria"]]);
      for (const gone of [tokens.read.secret, "root", "JSESSIONID"])
        expect([forgery, arrival && wholeText(arrival)]).toEqual([forgery, expect.not.stringContaining(gone)]);
    }
  },

  async access() {
    expect((await ask([CREATE, bearer(tokens.read)], "{}")).status).toBe(401);
    expect((await ask(["POST /rest/api/2/search HTTP/1.1", bearer(tokens.read)], "{}")).status).toBe(401);
    expect(jira.take()).toEqual([]);
    expect((await ask([CREATE, bearer(tokens.write)], "{}")).status).toBe(201);
  },

  async paths() {
    const asked = async (target: string, method = "GET") =>
      (await ask([`${method} ${target} HTTP/1.1`, bearer(tokens.write)], method === "POST" ? "{}" : undefined)).status;
    for (const target of [...SHUT, ...MISSPELT])
      for (const method of ["GET", "POST"]) expect([target, await asked(target, method)]).toEqual([target, 403]);
    expect(jira.take()).toEqual([]);
    for (const target of OPEN) expect([target, await asked(target)]).not.toEqual([target, 403]);
    expect(jira.take()).toHaveLength(OPEN.length);
  },

  async others() {
    const basic = Buffer.from(`maria:${tokens.write.secret}`).toString("base64");
    const others = [
      [bearer({ secret: newSecret() })],
      [`Authorization: Basic ${basic}`],
      [bearer(tokens.read), bearer(tokens.write)],
      [bearer(tokens.limited)],
      ["Cookie: JSESSIONID=1"],
    ];
    for (const lines of others) expect([lines, (await ask([MYSELF, ...lines])).status]).toEqual([lines, 401]);
    expect(jira.take()).toEqual([]);
  },

  async revoked() {
    const { db } = installation;
    const token = await seedToken(db, tokens.owner, { access: "read" });
    const becomes = (status: number) =>
      waitUntil(`an answer of ${status}`, async () =>
        (await ask([MYSELF, bearer(token)])).status === status ? true : undefined,
      );
    await becomes(200);
    await db.token.update({
      where: { id: token.id },
      data: { revokedAt: new Date(), revokedBy: "x", revocationReason: "unused" },
    });
    await becomes(401); // well within the minute for which an answer of the verifier is good
  },
};
const IDS = Object.keys(INTROSPECTED).filter((id): id is IntrospectedId => id in INTROSPECTED);

describe.each(MODULES)("Apache with $name", ({ module, version, told }) => {
  beforeAll(async () => {
    apache = apaches[module];
    // A busy machine may miss the deadline of a first look-up.
    for (const token of [tokens.read, tokens.write])
      await waitUntil("it is let in", async () =>
        (await ask([MYSELF, bearer(token)])).status === 200 ? true : undefined,
      );
  });

  test.each(IDS.map((id) => [INTROSPECTED[id], id] as const))("%s", (_promise, id) => PROVES[id]());

  test(`is of version ${version}`, () => {
    const [program, ...args] = told;
    const { stdout } = spawnSync(program, args, { encoding: "utf8" });
    expect(/^Version: (\d+\.\d+)/m.exec(stdout)?.[1]).toBe(version);
  });
});
