import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { compileRanges } from "#lib/networks/range-set";
import { type Listener, listen } from "#server/listener";
import { gate } from "./gate";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const FAILED = "<p>This is our mistake, not yours</p>";
let listener: Listener;
let next: Handler;
let [times, gone] = [0, 0];
/** What the database says when it is asked, and how often it was. */
let [isThere, asked] = [true, 0];

beforeAll(async () => {
  const trustedProxies = { ranges: compileRanges([], new Map()), hops: 0 };
  const absences = () => ({ times, gone, codes: ["ECONNREFUSED"] });
  const answers = async () => {
    asked += 1;
    return isThere;
  };
  const handle = gate({ url: "http://localhost:3000", trustedProxies, absences, answers }, (...both) => next(...both));
  listener = await listen({
    ...{ name: "portal", bind: "127.0.0.1", port: 0, portVariable: "PORTAL_PORT", maxHeaderBytes: 16_384 },
    handle: (request, response) => void handle(request, response),
  });
});
afterAll(() => listener.close(0));
beforeEach(() => {
  [times, gone] = [7, 7]; // some time ago
  [isThere, asked] = [true, 0];
});

const ask = (path: string, method = "GET") => fetch(`http://127.0.0.1:${listener.port}${path}`, { method });

const goes = () => {
  times += 1;
  gone += 1;
};
/** A question took too long, be it ours or another's. */
const isLate = () => {
  times += 1;
};

/** As Next fails: the status is set, and what is drawn comes in pieces. */
const fails =
  (why: () => void): Handler =>
  async (_request, response) => {
    why();
    response.statusCode = 500;
    response.setHeader("content-type", "text/plain");
    response.setHeader("etag", '"of what failed"');
    response.flushHeaders();
    response.write(FAILED);
    response.end();
  };

test("a page that fails while the database is away says 503, when to ask again, and what is the matter", async () => {
  next = fails(goes);
  const answer = await ask("/tokens");
  expect(answer.status).toBe(503);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "retry-after": "2",
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
  expect(answer.headers.has("etag")).toBe(false);
  const text = await answer.text();
  expect(text).toContain("<h1>The database does not answer</h1>");
  expect(text).not.toContain(FAILED);
  expect(Number(answer.headers.get("content-length"))).toBe(Buffer.byteLength(text));
  const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
  for (const part of ["script", "style"]) expect(text).toContain(`<${part} nonce="${nonce}">`);
});

test.each<[string, Handler]>([
  [
    "all at once",
    async (_request, response) => {
      goes();
      response.writeHead(500, { "content-length": String(FAILED.length) }).end(FAILED);
    },
  ],
  [
    "without saying when its head is over",
    async (_request, response) => {
      goes();
      response.statusCode = 500;
      response.end(FAILED);
    },
  ],
  [
    "compressed",
    async (_request, response) => {
      goes();
      response.statusCode = 500;
      response.setHeader("content-encoding", "gzip");
      response.write(gzipSync(FAILED));
      response.end();
    },
  ],
])("so it does where what failed comes %s", async (_how, handler) => {
  next = handler;
  const answer = await ask("/tokens");
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain("<h1>The database does not answer</h1>");
});

test("so it does where only the head is asked for", async () => {
  next = fails(goes);
  const answer = await ask("/tokens", "HEAD");
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([503, "2", ""]);
});

test("a page that fails by itself is our mistake, however often the database was away before", async () => {
  next = fails(() => undefined);
  const answer = await ask("/tokens");
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([500, null, FAILED]);
});

test("a page that fails while something took too long is our mistake, whole, where the database answers all the same", async () => {
  next = fails(isLate);
  const answer = await ask("/tokens");
  expect([answer.status, answer.headers.get("retry-after"), await answer.text()]).toEqual([500, null, FAILED]);
  expect([answer.headers.get("etag"), asked]).toEqual(['"of what failed"', 1]);
});

test("so it is where the head is said again before each piece, as whoever compresses does", async () => {
  next = async (_request, response) => {
    isLate();
    response.statusCode = 500;
    response.flushHeaders();
    for (const piece of FAILED) {
      if (!response.headersSent) response.writeHead(500);
      response.write(piece);
    }
    response.end();
  };
  const answer = await ask("/tokens");
  expect([answer.status, await answer.text()]).toEqual([500, FAILED]);
});

test("it says why where the database does not answer that either", async () => {
  isThere = false;
  next = fails(isLate);
  const answer = await ask("/tokens");
  expect([answer.status, answer.headers.get("retry-after"), asked]).toEqual([503, "2", 1]);
  expect(await answer.text()).toContain("<h1>The database does not answer</h1>");
});

test("nobody needs to be asked where there was no connection, nor where nothing was late", async () => {
  for (const why of [goes, () => undefined]) {
    next = fails(why);
    await (await ask("/tokens")).text();
  }
  expect(asked).toBe(0);
});

test.each(["GET", "HEAD"])("whether the database answers is told to anybody, and nothing else (%s)", async (method) => {
  next = fails(() => undefined);
  const told = async () => {
    const answer = await ask("/readyz?a=b", method);
    return [answer.status, answer.headers.get("retry-after"), answer.headers.get("cache-control"), await answer.text()];
  };
  expect(await told()).toEqual([204, null, "no-store", ""]);
  isThere = false;
  expect(await told()).toEqual([503, "2", "no-store", ""]);
});

test("what could be drawn is shown, and what the API says stays its own", async () => {
  next = async (_request, response) => {
    goes();
    response.end("drawn");
  };
  const page = await ask("/help");
  expect([page.status, await page.text()]).toEqual([200, "drawn"]);
  next = fails(goes);
  const api = await ask("/api/v1/tokens");
  expect([api.status, await api.text()]).toEqual([500, FAILED]);
});
