import { createServer } from "node:http";
import { afterEach, test } from "vitest";
import { client, hangUp } from "#test/talking-client";
import { readPlainFirst } from "./first";

afterEach(hangUp);

test.each([
  ["before the first request: it is told so", "", "408 Request Timeout"],
  ["after a request: it just ends", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "first"],
])("a connection on which nothing comes ends %s", async (_when, bytes, last) => {
  const server = createServer();
  readPlainFirst(server, "connection", {
    handle: (_request, _socket, reply) => {
      reply.send(200, ["Content-Length", "5"], "first");
      return true;
    },
    ...{ isEnding: () => false, firstMs: 60, keepAliveMs: 60 },
    tooLate: (socket) => socket.end("HTTP/1.1 408 Request Timeout\r\n\r\n"),
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const it = client({ port: typeof address === "object" && address ? address.port : 0 });
  if (bytes !== "") it.say(bytes);
  await it.hears(last);
  await it.isEnded();
  it.socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});
