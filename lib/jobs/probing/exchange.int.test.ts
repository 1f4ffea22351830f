import { createServer as createSecure } from "node:https";
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from "node:net";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it } from "vitest";
import { parseAddress } from "#lib/networks/address";
import type { Aim } from "#lib/probes/aim";
import { startRecorder, type Upstream } from "#test/upstreams/recorder";
import { waitUntil } from "#test/upstreams/wait-until";
import { exchange } from "./exchange";
import { knock } from "./knock";

const HERE = parseAddress("127.0.0.1") ?? { family: 4 as const, value: 0 };
const OWN = { here: [], ports: [], doors: [] };
const GET = { method: "GET", path: "/", headers: {} };
const aim = (port: number, some: Partial<Aim> = {}): Aim => ({
  ...{ secure: false, host: "jira.invalid", port, origin: `http://jira.invalid:${port}`, context: "" },
  ...some,
});

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
const kept = (upstream: Upstream): Upstream => {
  opened.push(() => upstream.stop());
  return upstream;
};

/** A server that does with a connection whatever it is told. @returns its port */
async function speaking(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket.on("error", () => socket.destroy())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}
const saying = (text: string) => speaking(createTcp((socket) => void socket.once("data", () => socket.write(text))));

describe("one exchange", () => {
  it("goes to the address that was looked at, whatever the name means, and tells status and few headers", async () => {
    const upstream = kept(
      await startRecorder((_arrival, response) => {
        const said = { "X-Latchkey-Request-Id": "r1", "X-AUSERNAME": "ann%40corp", "Set-Cookie": "secret=1" };
        response.writeHead(418, said).end("the body");
      }),
    );
    const reply = await exchange(aim(upstream.port), HERE, { ...GET, headers: { "X-Extra": "1" } });
    expect(reply).toEqual({ kind: "answered", status: 418, requestId: "r1", user: "ann@corp", from: "127.0.0.1" });
    const [arrival] = upstream.take();
    expect(arrival).toMatchObject({ method: "GET", url: "/", body: "" });
    expect(arrival?.headers).toMatchObject({
      ...{ host: [`jira.invalid:${upstream.port}`], "user-agent": ["Latchkey connection check"] },
      ...{ "x-extra": ["1"], connection: ["close"] },
    });
  });

  it("follows no redirect", async () => {
    const upstream = kept(
      await startRecorder((_arrival, response) => response.writeHead(302, { Location: "/x" }).end()),
    );
    expect(await exchange(aim(upstream.port), HERE, GET)).toMatchObject({ status: 302 });
    expect(upstream.take()).toHaveLength(1);
  });

  it("sends an empty body where there might be one", async () => {
    const upstream = kept(await startRecorder((_arrival, response) => response.end()));
    await exchange(aim(upstream.port), HERE, { ...GET, method: "DELETE" });
    expect(upstream.take()[0]).toMatchObject({ body: "", headers: { "content-length": ["0"] } });
  });

  it("hangs up on a body that never ends, of which it reads nothing", async () => {
    let left = false;
    const endless = (socket: Socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n");
      const more = setInterval(() => socket.write("x".repeat(1_000)), 5);
      socket.once("close", () => {
        clearInterval(more);
        left = true;
      });
    };
    const port = await speaking(createTcp((socket) => void socket.once("data", () => endless(socket))));
    expect(await exchange(aim(port), HERE, GET)).toMatchObject({ kind: "answered", status: 200 });
    await waitUntil("it has hung up", () => left || undefined);
  });

  it("waits no longer than its deadline, for headers that come byte by byte too", async () => {
    const slow = (socket: Socket) => {
      const more = setInterval(() => socket.write("X"), 5);
      socket.once("close", () => clearInterval(more));
    };
    const silent = await speaking(createTcp());
    const trickling = await speaking(createTcp((socket) => void socket.once("data", () => slow(socket))));
    expect(await exchange(aim(silent), HERE, GET, 100)).toMatchObject({ kind: "silent", why: "timeout" });
    const trickled = await exchange(aim(trickling), HERE, GET, 100);
    expect(trickled.kind).toBe("silent");
  });

  it.each([
    ["no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["headers without end", `HTTP/1.1 200 OK\r\n${`X-A: ${"b".repeat(90)}\r\n`.repeat(400)}\r\n`],
    ["another protocol that nobody asked for", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"],
  ])("says of %s that it cannot be read", async (_what, text) => {
    expect(await exchange(aim(await saying(text)), HERE, GET)).toMatchObject({ kind: "silent", why: "unreadable" });
  });

  it("says of a closed port that it is closed", async () => {
    const port = await speaking(createTcp());
    for (const close of opened.splice(0)) await close();
    expect(await exchange(aim(port), HERE, GET)).toMatchObject({ kind: "silent", why: "closed" });
  });

  it("believes no certificate that this machine does not trust, and sends nothing then", async () => {
    const { private: key, cert } = await generate([{ name: "commonName", value: "jira.invalid" }]);
    let asked = 0;
    const secure = createSecure({ key, cert }, (_request, response) => {
      asked += 1;
      response.end();
    });
    const port = await speaking(secure);
    const reply = await exchange(aim(port, { secure: true }), HERE, GET);
    expect(reply).toMatchObject({ kind: "silent", why: "certificate", code: expect.stringMatching(/^[A-Z_]+$/) });
    expect(asked).toBe(0);
  });
});

describe("a knock", () => {
  it("finds a port open, says nothing and hangs up", async () => {
    let heard = "";
    let left = false;
    const listen = (socket: Socket) => {
      socket.on("data", (chunk: Buffer) => {
        heard += chunk.toString();
      });
      socket.once("close", () => {
        left = true;
      });
    };
    const port = await speaking(createTcp(listen));
    expect(await knock(HERE, port, OWN)).toEqual({ kind: "open", here: true });
    await waitUntil("it has hung up", () => left || undefined);
    expect(heard).toBe("");
  });

  it("finds a port closed", async () => {
    const port = await speaking(createTcp());
    for (const close of opened.splice(0)) await close();
    expect(await knock(HERE, port, OWN)).toEqual({ kind: "shut", here: true, why: "closed" });
  });
});
