import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { createInstallation, type TestInstallation } from "../installation";
import { startPlane, type TestPlane } from "../plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "../seeded";
import { startIntrospectingApache } from "./apache-introspection";
import { FORGED } from "./forwarding";
import { startJira } from "./jira";
import type { Running } from "./program";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { waitUntil } from "./wait-until";

const SECRET = "gateway-secret-of-the-test";
const MYSELF = "GET /rest/api/2/myself HTTP/1.1";
const CREATE = "POST /rest/api/2/issue HTTP/1.1";
let installation: TestInstallation;
let plane: TestPlane;
let jira: Upstream;
let apache: Running;
let tokens: Record<"read" | "write" | "limited", Issued>;

const ask = (lines: readonly string[], body?: string) =>
  rawRequest({ address: "127.0.0.1", port: apache.port }, lines, body);
const bearer = ({ secret }: Pick<Issued, "secret">) => `Authorization: Bearer ${secret}`;

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  await seedGateway(db, "gw1", SECRET, [await seedApplication(db, "jira")], { adapter: "api" });
  const maria = (await installation.person("maria", ["api-users"])).id;
  tokens = {
    read: await seedToken(db, maria, { access: "read" }),
    write: await seedToken(db, maria),
    limited: await seedToken(db, maria, { pathRules: ["GET /rest/**"] }),
  };
  [plane, jira] = await Promise.all([startPlane(database.verifierUrl, "v1"), startJira()]);
  apache = await startIntrospectingApache({
    ...{ verifierPort: plane.port, gatewaySecret: SECRET, upstreamPort: jira.port },
  });
  // A busy machine may miss the deadline of a first look-up.
  for (const token of [tokens.read, tokens.write])
    await waitUntil("it is let in", async () =>
      (await ask([MYSELF, bearer(token)])).status === 200 ? true : undefined,
    );
});
afterAll(async () => {
  await Promise.all([apache.stop(), plane.stop(), jira.stop()]);
  await installation.close();
});
beforeEach(() => void jira.take());

test("mod_oauth2 passes a token on as its owner, with neither the secret nor anything that the client claims", async () => {
  const forged = [...FORGED, "Connection: close, X-Latchkey-User"];
  expect((await ask([MYSELF, bearer(tokens.read), "Cookie: JSESSIONID=1", ...forged])).status).toBe(200);
  const [arrival] = jira.take();
  expect(arrival?.headers["x-latchkey-user"]).toEqual(["maria"]);
  for (const gone of [tokens.read.secret, "root", "JSESSIONID"])
    expect(arrival && wholeText(arrival)).not.toContain(gone);
});

test("mod_oauth2 lets a read token change nothing, and a write token what it may", async () => {
  expect((await ask([CREATE, bearer(tokens.read)], "{}")).status).toBe(401);
  expect((await ask(["POST /rest/api/2/search HTTP/1.1", bearer(tokens.read)], "{}")).status).toBe(401);
  expect(jira.take()).toEqual([]);
  expect((await ask([CREATE, bearer(tokens.write)], "{}")).status).toBe(201);
});

test("mod_oauth2 lets in no other: unknown tokens, Basic, two at once, limits that it could not hold, browsers", async () => {
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
});
