import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { absences } from "#lib/db/away";
import { compileRanges } from "#lib/networks/range-set";
import { bytesOf, HOSTILE_BODIES, HOSTILE_HEADS, HOSTILE_REQUEST_LINES } from "#test/hostile-bytes";
import { createInstallation, type TestInstallation } from "#test/installation";
import { asNginx, GATEWAY_SECRET, startPlane, type TestPlane } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { type Listener, listen } from "./listener";
import { gate } from "./portal/gate";

let installation: TestInstallation;
let plane: TestPlane;
let portal: Listener;
/** What came through the portal's gate, and what the gate threw. */
const [behind, thrown]: [string[], unknown[]] = [[], []];
/** Where each listens, a good request to it, and one with a body that it reads. */
const heads: Record<string, { port: number; good: readonly string[]; post: readonly string[] }> = {};

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira")]);
  const { secret } = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
  plane = await startPlane(database.verifierUrl, "v1");
  const trustedProxies = { ranges: compileRanges([], new Map()), hops: 0 };
  const answers = async () => true;
  const handle = gate(
    { url: "http://localhost:3000", trustedProxies, absences, answers },
    async (request, response) => {
      behind.push(request.url ?? "");
      response.end("from behind");
    },
  );
  portal = await listen({
    ...{ name: "portal", bind: "127.0.0.1", port: 0, portVariable: "PORTAL_PORT", maxHeaderBytes: 16_384 },
    handle: (request, response) => void handle(request, response).catch((error: unknown) => thrown.push(error)),
  });
  const asked = [...asNginx({ Authorization: `Bearer ${secret}` }), "Host: authz"];
  heads.verifier = {
    port: plane.port,
    good: ["GET /v1/authz/nginx/gw1 HTTP/1.1", ...asked],
    post: ["POST /v1/verify HTTP/1.1", "Host: v"],
  };
  heads.management = {
    port: plane.managementPort,
    good: ["GET /livez HTTP/1.1", "Host: localhost"],
    post: ["POST /livez HTTP/1.1", "Host: localhost"],
  };
  heads.portal = {
    port: portal.port,
    good: ["GET /good HTTP/1.1", "Host: localhost"],
    post: ["POST /api/v1/x HTTP/1.1", "Host: localhost"],
  };
  await waitUntil("the token in memory", async () =>
    (await send(plane.port, `${[...(heads.verifier?.good ?? []), "Connection: close"].join("\r\n")}\r\n\r\n`))[0] ===
    200
      ? true
      : undefined,
  );
});
afterAll(async () => {
  await Promise.all([portal.close(0), plane.stop()]);
  await installation.close();
});

/**
 * Sends bytes as they are.
 * @param isLast says that nothing follows them, by hanging up on its side
 * @returns the statuses that came back until the other side hung up
 */
function send(port: number, bytes: string, isLast = false): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      isLast ? socket.end(bytes, "latin1") : socket.write(bytes, "latin1"),
    );
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))));
    socket.setTimeout(20_000, () => reject(new Error("neither answered nor closed")));
  });
}

describe.each(["portal", "verifier", "management"])("the %s", (name) => {
  const at = () => heads[name] ?? { port: 0, good: [], post: [] };
  const good = () => send(at().port, `${[...at().good, "Connection: close"].join("\r\n")}\r\n\r\n`);

  test.each(Object.entries(HOSTILE_HEADS))("refuses %s, and nothing behind it is a request", async (_what, hostile) => {
    const statuses = await send(at().port, bytesOf(at().good, hostile));
    expect(statuses.length).toBeGreaterThan(0);
    expect(statuses.every((status) => status === 400)).toBe(true);
    expect(await good()).toEqual([200]);
  });

  test.each(Object.entries(HOSTILE_BODIES))(
    "lets nothing be done with %s, nor with what is behind it",
    async (_what, hostile) => {
      const statuses = await send(at().port, bytesOf(at().post, hostile), true);
      expect(statuses.every((status) => status >= 400)).toBe(true);
      expect(await good()).toEqual([200]);
    },
  );

  test.each(Object.entries(HOSTILE_REQUEST_LINES))("does not take %s for a request line", async (_what, line) => {
    expect(await send(at().port, `${line}\r\n${at().good.slice(1).join("\r\n")}\r\n\r\n`)).toEqual([400]);
    expect(await good()).toEqual([200]);
  });

  test("refuses a longer header and a longer address than it has room for", async () => {
    const [first = "", ...lines] = at().good;
    const long = "a".repeat(name === "verifier" ? 65_536 : 16_384);
    expect(await send(at().port, bytesOf([first, ...lines], { lines: [`X: ${long}`] }))).toEqual([431]);
    const address = first.replace(" HTTP", `?${long} HTTP`);
    expect(await send(at().port, bytesOf([address, ...lines], { lines: [] }))).toEqual([431]);
    expect(await good()).toEqual([200]);
  });
});

test("through all of that nothing came behind the portal's gate but what is good, and nothing was thrown", () => {
  expect([new Set(behind), thrown]).toEqual([new Set(["/good"]), []]);
  expect(plane.lines.filter((line) => /unexpected|unanswered|undecided/.test(line))).toEqual([]);
});
