import { once } from "node:events";
import { type ClientHttp2Stream, connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { afterAll, expect, test } from "vitest";
import { checkClient, checkRequest } from "#test/check-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { Admission } from "./admission";
import { listenForChecks } from "./listener";

const at = { name: "grpc", bind: "127.0.0.1", port: 0, portVariable: "GRPC_PORT" };
const opened: { close: (ms: number) => unknown }[] = [];
afterAll(async () => {
  for (const each of opened.splice(0).reverse()) await each.close(0);
});

async function listening(): Promise<number> {
  const allow = { status: { code: 0 }, okResponse: { headers: [], headersToRemove: [] } };
  const listener = await listenForChecks(
    at,
    (_call, answer) => answer(null, allow),
    undefined,
    new Admission({ warn: () => undefined }),
  );
  opened.push(listener);
  return listener.port;
}

/** A call that sends a part of its message and does not end. */
function begun(
  session: ReturnType<typeof connectHttp2>,
  some: Readonly<Record<string, string>> = {},
): ClientHttp2Stream {
  const path = "/envoy.service.auth.v3.Authorization/Check";
  const head = { ":method": "POST", ":path": path, te: "trailers", "content-type": "application/grpc", ...some };
  const stream = session.request(head);
  stream.on("error", () => undefined);
  stream.resume();
  stream.write(Buffer.from([0, 0, 1, 0xd4, 0xc0, ...Buffer.alloc(20_000)]));
  return stream;
}

test.concurrent.each([
  ["does not end its message", {}],
  ["has been given up already", { "grpc-timeout": "5m" }],
  ["is for nothing that there is", { ":path": "/nothing" }],
])(
  "a call that %s comes to an end, and others on its connection are answered",
  async (_what, some) => {
    const port = await listening();
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    opened.push({ close: () => session.destroy() });
    const [settings] = await once(session, "remoteSettings");
    expect(settings.maxConcurrentStreams).toBe(100);
    const streams = Array.from({ length: 60 }, () => begun(session, some));
    await waitUntil("all are ended", () => streams.every(({ destroyed }) => destroyed) || undefined, 20_000);
    expect(session.destroyed).toBe(false);
    const client = checkClient(`127.0.0.1:${port}`);
    opened.push({ close: () => client.close() });
    expect((await client.check(checkRequest({}))).status.code).toBe(0);
  },
  30_000,
);

test.concurrent("a connection on which nobody speaks the protocol is ended", async () => {
  const socket = connect(await listening(), "127.0.0.1");
  socket.resume();
  await once(socket, "close");
}, 45_000);
