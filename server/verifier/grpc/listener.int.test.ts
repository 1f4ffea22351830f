import { mkdtempSync, rmSync, statSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type handleUnaryCall, status } from "@grpc/grpc-js";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { CheckResponse } from "#lib/verification/adapters/check-response";
import type { Listener } from "#server/listener";
import { type CheckClient, checkClient, checkRequest } from "#test/check-client";
import { waitUntil } from "#test/upstreams/wait-until";
import { Admission } from "./admission";
import { listenForChecks } from "./listener";

const ALLOW: CheckResponse = { status: { code: 0 }, okResponse: { headers: [], headersToRemove: [] } };
const at = { name: "grpc", bind: "127.0.0.1", port: 0, portVariable: "GRPC_PORT" };
/** Longer than a busy machine keeps this process from reading what has come. */
const LAME_DUCK_MS = 2_000;
const opened: { close: (ms: number) => unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close(0);
});

async function listening(
  some: Partial<typeof at> = {},
  check?: handleUnaryCall<CheckRequest, CheckResponse>,
): Promise<Listener> {
  const listener = await listenForChecks(
    { ...at, ...some },
    check ?? ((_call, answer) => answer(null, ALLOW)),
    undefined,
    new Admission({ warn: () => undefined }),
  );
  opened.push(listener);
  return listener;
}
const clientOf = (target: string): CheckClient => {
  const client = checkClient(target);
  opened.push({ close: () => client.close() });
  return client;
};
const codeOf = (call: Promise<CheckResponse>) =>
  call.then(
    (answer) => answer.status.code,
    (error: { code: number }) => error.code,
  );

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

describe("the listener for gRPC", () => {
  test("refuses a port that stays in use, naming the variable", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    opened.push({ close: () => other.close() });
    const bound = other.address();
    const port = typeof bound === "object" && bound ? bound.port : 0;
    await expect(listening({ port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 (grpc) is in use by another program: stop it, or set GRPC_PORT to another port.`,
    );
  });

  test("listens on a socket beside the verifier's", async () => {
    const folder = mkdtempSync(join(tmpdir(), "latchkey-grpc-"));
    opened.push({ close: () => rmSync(folder, { recursive: true }) });
    const listener = await listening({ bind: `unix:${folder}` });
    const path = join(folder, "grpc.sock");
    expect([listener.address, statSync(path).isSocket()]).toEqual([`unix:${path}`, true]);
    expect((await clientOf(`unix:${path}`).check(checkRequest({}))).status.code).toBe(0);
  });

  test("as a lame duck still answers, lets what runs come to its end, and is gone then", async () => {
    let asked = 0;
    let answerLast: () => void = () => undefined;
    const listener = await listening({}, (_call, answer) => {
      asked += 1;
      if (asked < 3) answer(null, ALLOW);
      else answerLast = () => answer(null, ALLOW);
    });
    const client = clientOf(`127.0.0.1:${listener.port}`);
    expect(await codeOf(client.check(checkRequest({})))).toBe(0);
    let gone = false;
    const closed = listener.close(LAME_DUCK_MS).then(() => {
      gone = true;
    });
    expect(await codeOf(client.check(checkRequest({})))).toBe(0);
    const last = codeOf(client.check(checkRequest({})));
    await waitUntil("the last is asked", () => asked === 3 || undefined);
    await waitUntil("nobody new is heard", async () => ((await accepts(listener.port)) ? undefined : true));
    expect(gone).toBe(false);
    answerLast();
    expect(await last).toBe(0);
    await closed;
  });

  test("ends although a connection stays open that asks nothing", async () => {
    const listener = await listening();
    const client = clientOf(`127.0.0.1:${listener.port}`);
    expect(await codeOf(client.check(checkRequest({})))).toBe(0);
    await listener.close(0);
    expect(await codeOf(client.check(checkRequest({})))).toBe(status.UNAVAILABLE);
  });
});
