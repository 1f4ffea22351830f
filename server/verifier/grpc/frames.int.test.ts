import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type CheckClient, checkClient, checkRequest } from "#test/check-client";
import {
  ACK,
  block,
  END_HEADERS,
  END_STREAM,
  frame,
  LITERAL_TO_KEEP,
  type Talk,
  TYPES,
  talkTo,
} from "#test/http2-frames";
import { createInstallation, type TestInstallation } from "#test/installation";
import { GATEWAY_SECRET } from "#test/plane";
import { seedApplication, seedGateway, seedToken } from "#test/seeded";
import { waitUntil } from "#test/upstreams/wait-until";
import { makeDirectory } from "#test/upstreams/workspace";
import { buildVerifier, type VerifierProcess, type VerifierProgram } from "#test/verifier-program";
import { writeRequest } from "./messages";

// A process of its own, so that what it holds can be measured.
const directory = makeDirectory("grpc-frames");
const log = `${directory.path}/log`;
let installation: TestInstallation;
let program: VerifierProgram;
let verifier: VerifierProcess;
let envoy: CheckClient;
let bearer: readonly string[];
const talks: Talk[] = [];

beforeAll(async () => {
  installation = await createInstallation();
  const { db, database } = installation;
  await seedGateway(db, "gw1", GATEWAY_SECRET, [await seedApplication(db, "jira")], { adapter: "envoy" });
  const token = await seedToken(db, (await installation.person("maria", ["api-users"])).id);
  bearer = ["Authorization", `Bearer ${token.secret}`];
  program = await buildVerifier();
  writeFileSync(log, "");
  verifier = await program.start("frames", { DATABASE_VERIFIER_URL: database.verifierUrl }, log);
  envoy = checkClient(`127.0.0.1:${verifier.grpcPort}`);
  await others();
});
afterEach(() => {
  for (const talk of talks.splice(0)) talk.close();
});
afterAll(async () => {
  envoy.close();
  await program.close();
  await installation.close();
  directory.remove();
});

/** Somebody else asks about a good token, until it is allowed. */
const others = () =>
  waitUntil("somebody else is allowed", async () => {
    const answer = await envoy.check(checkRequest({}, bearer)).catch(() => null);
    return answer?.status.code === 0 || undefined;
  });

const heldMegabytes = () =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${verifier.pid}/status`, "utf8"))?.[1]) / 1024;
/** More than anything here makes it hold, and less than half of what it held of long metadata without its bound. */
const MOST_MEGABYTES = 240;

async function open(settings?: Buffer, isDeaf?: boolean): Promise<Talk> {
  const talk = await talkTo(verifier.grpcPort, settings, isDeaf);
  talks.push(talk);
  return talk;
}

const PATH = "/envoy.service.auth.v3.Authorization/Check";
const ABOUT = [":method", "POST", ":scheme", "http", ":path", PATH, ":authority", "verifier"];
const KNOWN = ["content-type", "application/grpc", "x-latchkey-gateway", "gw1"];
const CALL = [...ABOUT, "te", "trailers", ...KNOWN, "x-latchkey-gateway-key", GATEWAY_SECRET];

function message(bytes: Buffer, isCompressed = false): Buffer {
  const head = Buffer.from([isCompressed ? 1 : 0, 0, 0, 0, 0]);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}
const question = () => message(writeRequest(checkRequest({}, bearer)));
/** Whole calls, of the streams from one on. */
const call = (stream: number, lines: readonly string[] = CALL, asked = question()) =>
  Buffer.concat([frame("headers", END_HEADERS, stream, block(lines)), frame("data", END_STREAM, stream, asked)]);
const begun = (stream: number, lines: readonly string[] = CALL) => frame("headers", END_HEADERS, stream, block(lines));
const many = (count: number, one: (stream: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, i) => one(2 * i + 1)));
const again = (count: number, one: Buffer): Buffer => many(count, () => one);

const of = (talk: Talk, type: keyof typeof TYPES, stream: number) =>
  talk.heard().filter((each) => each.type === TYPES[type] && each.stream === stream);
/** An answer has a message; what is refused has none. */
const isAnswered = (talk: Talk, stream: number) => of(talk, "data", stream).length > 0;

const NO_WINDOW = Buffer.from([0, 4, 0, 0, 0, 0]);
const eight = Buffer.alloc(8);
const FLOODS: Readonly<Record<string, { said: () => Buffer; settings?: Buffer; isDeaf?: boolean }>> = {
  "calls that are taken back": { said: () => many(5_000, (s) => Buffer.concat([begun(s), frame("reset", 0, s, 8)])) },
  "whole calls that are taken back": {
    said: () => many(5_000, (s) => Buffer.concat([call(s), frame("reset", 0, s, 8)])),
  },
  "calls of which it must take back its answer": {
    said: () => many(5_000, (s) => Buffer.concat([call(s), frame("windowUpdate", 0, s, 0)])),
  },
  "calls beyond those that may be at once, whose answers nobody takes": {
    said: () => many(5_000, (s) => call(s)),
    settings: NO_WINDOW,
  },
  "a head that does not end": {
    said: () =>
      Buffer.concat([
        frame("headers", 0, 1, block(CALL)),
        again(20_000, frame("continuation", 0, 1, block(["a", "b"]))),
      ]),
  },
  "a head that does not end, of nothing": {
    said: () => Buffer.concat([frame("headers", 0, 1, block(CALL)), again(20_000, frame("continuation", 0, 1))]),
  },
  "pings whose answers nobody takes": { said: () => again(200_000, frame("ping", 0, 0, eight)), isDeaf: true },
  "settings whose confirmations nobody takes": { said: () => again(200_000, frame("settings", 0, 0)), isDeaf: true },
  "confirmations of nothing": { said: () => again(20_000, frame("settings", ACK, 0)) },
  "data without anything": { said: () => Buffer.concat([begun(1), again(20_000, frame("data", 0, 1))]) },
};

describe("a connection to the gRPC port that is flooded", () => {
  test.each(Object.entries(FLOODS))("by %s is ended, and others are answered", async (_what, flood) => {
    const before = heldMegabytes();
    for (let round = 0; round < 3; round += 1) {
      const talk = await open(flood.settings, flood.isDeaf);
      talk.say(flood.said());
      await waitUntil("it is ended", async () => {
        await others();
        if (flood.isDeaf) talk.say(frame("ping", 0, 0, eight)); // who only waits never sees an end
        return talk.isOver() || undefined;
      });
    }
    expect(heldMegabytes() - before).toBeLessThan(MOST_MEGABYTES);
  });

  test.each([
    ["unknown frames", again(50_000, frame("unknown", 0, 0, eight))],
    ["priorities of nothing", many(50_000, (s) => frame("priority", 0, s + 2, Buffer.from([0, 0, 0, 0, 5])))],
    ["room for nothing", again(50_000, frame("windowUpdate", 0, 0, 1))],
  ])("by %s is answered all the same, and so are others", async (_what, bytes) => {
    const before = heldMegabytes();
    const talk = await open();
    talk.say(bytes);
    await others();
    talk.say(call(200_001));
    await waitUntil("it is answered", () => isAnswered(talk, 200_001) || undefined);
    expect(heldMegabytes() - before).toBeLessThan(MOST_MEGABYTES);
  });
});

describe("a call by gRPC", () => {
  const MALFORMED: Readonly<Record<string, readonly string[]>> = {
    "two paths": [...CALL.slice(0, 8), ":path", PATH, ...CALL.slice(8)],
    "two methods": [":method", "POST", ...CALL],
    "no path": [...CALL.slice(0, 4), ...CALL.slice(6)],
    "no method": CALL.slice(2),
    "no scheme": [...CALL.slice(0, 2), ...CALL.slice(4)],
    "an empty path": CALL.map((each) => (each === PATH ? "" : each)),
    "a path behind its metadata": [...CALL.slice(0, 4), ...CALL.slice(6), ":path", PATH],
    "a pseudo-header that there is not": [":protocol-of-mine", "x", ...CALL],
    "a pseudo-header of answers": [":status", "200", ...CALL],
    "a name in capitals": [...CALL, "X-Latchkey-User", "root"],
    "a name with a space": [...CALL, "x latchkey", "root"],
    "a value with a line break": [...CALL, "x-a", "b\r\nx-latchkey-gateway: gw1"],
    "a value with NUL": [...CALL, "x-a", "b\0c"],
    "a header of the connection": [...CALL, "connection", "close"],
    "an encoding of the transfer": [...CALL, "transfer-encoding", "chunked"],
    "other content": CALL.map((each) => (each === "application/grpc" ? "text/plain" : each)),
    "a key twice": [...CALL, "x-latchkey-gateway-key", GATEWAY_SECRET],
  };
  const allowed = (talk: Talk, stream: number) => of(talk, "data", stream).some(({ payload }) => payload[6] === 0);

  test.each(Object.entries(MALFORMED))(
    "with %s is not allowed, and the one that comes next is",
    async (_what, lines) => {
      const talk = await open();
      talk.say(call(1, lines));
      await waitUntil("it is over", () => {
        const isReset = of(talk, "reset", 1).length > 0 || talk.isOver();
        return isReset || of(talk, "headers", 1).length > 0 || undefined;
      });
      expect(allowed(talk, 1)).toBe(false);
      await others();
    },
  );

  test("whose message is a bomb is refused, and nobody holds what it would have been", async () => {
    const before = heldMegabytes();
    const talk = await open();
    const bomb = message(gzipSync(Buffer.alloc(60_000_000)), true);
    const last = bomb.subarray(48 * 1024);
    const parts = [0, 16, 32].map((kilobytes) => bomb.subarray(kilobytes * 1024, (kilobytes + 16) * 1024));
    talk.say(begun(1, [...CALL, "grpc-encoding", "gzip"]), ...parts.map((part) => frame("data", 0, 1, part)));
    talk.say(frame("data", END_STREAM, 1, last));
    await waitUntil("it is refused", () => of(talk, "headers", 1).length > 0 || undefined);
    expect(isAnswered(talk, 1)).toBe(false);
    await others();
    expect(heldMegabytes() - before).toBeLessThan(MOST_MEGABYTES);
  });

  test("with more metadata than anybody needs is refused, however shortly it is said, and not kept", async () => {
    const before = heldMegabytes();
    const long = Buffer.concat([block(CALL), block(["x-a-bin", "a".repeat(3_900)], LITERAL_TO_KEEP)]);
    const shortly = Buffer.concat([block(CALL), Buffer.alloc(110, 0xbe)]);
    for (let connection = 0; connection < 12; connection += 1) {
      const talk = await open();
      talk.say(
        frame("headers", END_HEADERS, 1, long),
        many(99, (s) => frame("headers", END_HEADERS, s + 2, shortly)),
      );
      await waitUntil("all but the first are refused, and ended", () => {
        const streams = Array.from({ length: 99 }, (_, i) => 2 * i + 3);
        const isRefused = (s: number) => of(talk, "headers", s).length === 1 && of(talk, "reset", s).length === 1;
        return streams.every(isRefused) || undefined;
      });
    }
    await others();
    expect(heldMegabytes() - before).toBeLessThan(MOST_MEGABYTES);
  });
});

test("through all of that the log has nothing but its own lines, and no error", async () => {
  const talk = await open();
  talk.say(call(1, [...CALL, "x-a", "b\u00e4c"]));
  await waitUntil("it is answered", () => of(talk, "headers", 1).length > 0 || undefined);
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  expect(lines.filter((line) => !/^\{"time":.*\}$/.test(line) || line.includes('"level":"error"'))).toEqual([]);
});
