import { afterAll, beforeAll, expect, test } from "vitest";
import { absences } from "#lib/db/away";
import { compileRanges } from "#lib/networks/range-set";
import { crowd, inClear, saying } from "#test/crowd";
import { createInstallation, type TestInstallation } from "#test/installation";
import { startPlane, type TestPlane } from "#test/plane";
import { rawRequest } from "#test/upstreams/raw-request";
import { type Listener, listen } from "./listener";
import { gate } from "./portal/gate";

let installation: TestInstallation;
let plane: TestPlane;
let portal: Listener;

beforeAll(async () => {
  installation = await createInstallation();
  plane = await startPlane(installation.database.verifierUrl, "v1");
  const trustedProxies = { ranges: compileRanges([], new Map()), hops: 0 };
  const answers = async () => true;
  const handle = gate(
    { url: "http://localhost:3000", trustedProxies, absences, answers },
    async (_request, response) => {
      response.end("from behind");
    },
  );
  portal = await listen({
    ...{ name: "portal", bind: "127.0.0.1", port: 0, portVariable: "PORTAL_PORT", maxHeaderBytes: 16_384 },
    handle: (request, response) => void handle(request, response),
  });
});
afterAll(async () => {
  await Promise.all([portal.close(0), plane.stop()]);
  await installation.close();
});

test.concurrent.each([
  ["says nothing", "", undefined],
  ["stops in the middle of a request line", "GET /v1/au", undefined],
  ["stops in the middle of its headers", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", undefined],
  ["sends header after header, and no end of them", "GET / HTTP/1.1\r\nHost: localhost\r\n", "X-A: b\r\n"],
])(
  "a crowd that %s is hung up on by portal, verifier and management, which serve others meanwhile",
  async (_what, beginning, drip) => {
    const ports = [portal.port, plane.port, plane.managementPort];
    const slow = ports.map((port) => crowd(50, () => saying(inClear(port), beginning, drip)));
    const statuses = ports.map((port) => rawRequest({ address: "127.0.0.1", port }, ["GET /livez HTTP/1.1"]));
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([200, 404, 200]);
    for (const said of (await Promise.all(slow)).flat()) expect(said).toMatch(/^(HTTP\/1\.1 (408|431) |$)/);
  },
  40_000,
);
