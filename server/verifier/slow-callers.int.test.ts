import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { openCertificate } from "#server/certificate";
import { certificateFolder, newCertificate, type Pem } from "#test/certificates";
import { crowd, inClear, noteServed, type Open, saying } from "#test/crowd";
import { createInstallation, type TestInstallation } from "#test/installation";
import { asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { type Issued, seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";

const folder = certificateFolder();
const served = noteServed();
let own: Pem;
let installation: TestInstallation;
let planes: Readonly<Record<Wire, TestPlane>>;
let token: Issued;

type Wire = "in clear" | "by TLS";

beforeAll(async () => {
  own = await newCertificate();
  folder.write({ "cert.pem": own.cert, "key.pem": own.key });
  const log = createLog("error", { write: () => undefined }, Date.now);
  const files = { cert: folder.path("cert.pem"), key: folder.path("key.pem"), clientCa: undefined };
  installation = await createInstallation();
  const { db, database } = installation;
  const jira = await seedApplication(db, "jira");
  for (const [key, adapter] of Object.entries({ gw1: "nginx", fwd: "forward", api: "api" } as const))
    await seedGateway(db, key, GATEWAY_SECRET, [jira], { adapter });
  token = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
  planes = {
    "in clear": await startPlane(database.verifierUrl, "v1"),
    "by TLS": await startPlane(database.verifierUrl, "v2", 10, { certificate: openCertificate(files, log) }),
  };
  for (const wire of WIRES) await allowed(wire);
});
afterAll(async () => {
  served.end();
  for (const wire of WIRES) await planes[wire].stop();
  await installation.close();
  folder.remove();
});

const WIRES = ["in clear", "by TLS"] as const;

const byTls =
  (port: number, ALPNProtocols?: string[]): Open =>
  (opened) =>
    connect(
      { port, host: "127.0.0.1", ca: own.cert, servername: "localhost", ...(ALPNProtocols ? { ALPNProtocols } : {}) },
      opened,
    );
const to = (wire: Wire): Open => (wire === "by TLS" ? byTls : inClear)(planes[wire].port);

const head = (first: string, ...lines: readonly string[]): string =>
  `${[first, "Host: verifier", ...lines].join("\r\n")}\r\n\r\n`;
const asked = (...lines: readonly string[]): string =>
  head("GET /v1/authz/nginx/gw1 HTTP/1.1", ...asNginx({ Authorization: `Bearer ${token.secret}` }), ...lines);

/** Somebody else asks about a good token, until it is allowed. */
const allowed = (wire: Wire) =>
  waitUntil(
    "somebody else is allowed",
    async () => /^HTTP\/1\.1 200 /.test(await saying(to(wire), asked("Connection: close"))) || undefined,
  );

const forward = (...lines: readonly string[]): string => {
  const told = ["Method: GET", "Uri: /rest/api/2/myself", "Host: jira.corp", "Proto: https", "For: 192.0.2.7"];
  const forwarded = told.map((each) => `X-Forwarded-${each}`);
  const known = [`X-Latchkey-Gateway-Key: ${GATEWAY_SECRET}`, `Authorization: Bearer ${token.secret}`];
  return head("POST /v1/authz/forward/fwd HTTP/1.1", ...known, ...forwarded, ...lines);
};

const CALLER = `Authorization: Basic ${Buffer.from(`api:${GATEWAY_SECRET}`).toString("base64")}`;
const verify = (...lines: readonly string[]) => head("POST /v1/verify HTTP/1.1", CALLER, ...lines);
const introspect = (...lines: readonly string[]) =>
  head("POST /oauth2/introspect HTTP/1.1", CALLER, "Content-Type: application/x-www-form-urlencoded", ...lines);

const TOO_LATE = /^HTTP\/1\.1 408 /;
/** Each kind, on each wire. */
const SIZE = 20;

type Slow = {
  readonly what: string;
  readonly beginning: () => string;
  readonly drip?: string;
  /** What each of them is told at last. */
  readonly told: RegExp;
};

const length = "Content-Length: 1000";
const chunked = "Transfer-Encoding: chunked";

const BODIES: readonly Slow[] = [
  { what: "announces a body for /v1/verify, and sends none", beginning: () => verify(length), told: TOO_LATE },
  { what: "sends one byte by byte", beginning: () => `${verify(length)}{`, drip: " ", told: TOO_LATE },
  { what: "sends one chunk by chunk", beginning: () => verify(chunked), drip: "1\r\n \r\n", told: TOO_LATE },
  { what: "sends the size of a chunk digit by digit", beginning: () => verify(chunked), drip: "0", told: TOO_LATE },
  {
    what: "asks whether it may send a body, and then does not",
    beginning: () => verify(length, "Expect: 100-continue"),
    told: /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 408 /,
  },
  { what: "announces a body for introspection, and sends none", beginning: () => introspect(length), told: TOO_LATE },
  {
    ...{ what: "sends one for introspection byte by byte", beginning: () => `${introspect(length)}token=` },
    ...{ drip: "x", told: TOO_LATE },
  },
];
const HEADERS: readonly Slow[] = [
  { what: "says nothing", beginning: () => "", told: TOO_LATE },
  { what: "stops in the middle of its headers", beginning: () => "GET / HTTP/1.1\r\nHost: a\r\nX-A: ", told: TOO_LATE },
  {
    ...{ what: "sends header after header", beginning: () => "GET / HTTP/1.1\r\nHost: a\r\n" },
    ...{ drip: "X-A: b\r\n", told: /^HTTP\/1\.1 4(08|31) / },
  },
];
/** Nobody needs the body of a request that a gateway asks about. */
const UNREAD: readonly Slow[] = [
  { what: "asks as nginx with a body that does not come", beginning: () => asked(length), told: /^HTTP\/1\.1 200 / },
  {
    ...{ what: "asks by forwarding with a body byte by byte", beginning: () => forward(length) },
    ...{ drip: "x", told: /^HTTP\/1\.1 200 / },
  },
];
const CALLS = [...BODIES, ...HEADERS, ...UNREAD];

/** How the first message of a handshake begins. */
const BEGUN = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";

/** Everybody who was told something else than he should have been. */
const otherwise = async ({ what, told }: Pick<Slow, "what" | "told">, crowd: Promise<string[]>) =>
  (await crowd).filter((said) => !told.test(said)).map((said) => `${what}: ${JSON.stringify(said)}`);

describe("a crowd that does not come to an end is hung up on by the verifier, which answers others meanwhile", () => {
  test.concurrent.each(WIRES)(
    "%s, be it slow with bodies or headers",
    async (wire) => {
      const slow = CALLS.map((each) =>
        otherwise(
          each,
          crowd(SIZE, () => saying(to(wire), each.beginning(), each.drip)),
        ),
      );
      const { port } = planes[wire];
      await waitUntil("all are there", () => served.countAt(port) >= SIZE * CALLS.length || undefined);
      await allowed(wire);
      expect((await Promise.all(slow)).flat()).toEqual([]);
      await allowed(wire);
    },
    90_000,
  );

  test.concurrent("at its handshake, or without a word behind it, at either port", async () => {
    const { port, grpcPort } = planes["by TLS"];
    const begun = ["", BEGUN].flatMap((beginning) => [undefined, "\0"].map((drip) => [beginning, drip] as const));
    const slow = [port, grpcPort].flatMap((each) =>
      begun.map(([beginning, drip]) => crowd(SIZE, () => saying(inClear(each), beginning, drip))),
    );
    const silent = crowd(SIZE, () => saying(byTls(grpcPort, ["h2"]), ""));
    await waitUntil("all are there", () => served.countAt(grpcPort) >= SIZE * (begun.length + 1) || undefined);
    await allowed("by TLS");
    expect((await Promise.all(slow)).flat().filter((said) => said.includes("HTTP"))).toEqual([]);
    await silent;
    await allowed("by TLS");
  }, 90_000);
});

test("nothing of all that stays, and nothing was thrown or left undecided", async () => {
  for (const wire of WIRES) {
    const { port, grpcPort, lines } = planes[wire];
    expect(served.countAt(port)).toBeGreaterThan(SIZE * CALLS.length);
    await waitUntil("all are closed", () => served.openAt(port) + served.openAt(grpcPort) === 0 || undefined);
    expect(lines.filter((line) => /"level":"error"|undecided|unanswered|unexpected/.test(line))).toEqual([]);
  }
});
