import { Buffer } from "node:buffer";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type ErrorCode, refuse } from "#lib/errors/error";
import { logTo } from "#lib/log";
import { answering, answerOf, readJson, unknownRoute } from "./answer";

const lines: string[] = [];
beforeAll(() => {
  process.env.DATABASE_URL = "postgresql://portal@localhost/latchkey";
  process.env.LATCHKEY_SECRET = "0123456789abcdef0123456789abcdef";
  process.env.LATCHKEY_URL = "https://tokens.example.com";
  logTo({ write: (text) => lines.push(text) });
});

const URL_OF = "https://tokens.example.com/api/v1/groups?q=hunter2";
const post = (body: BodyInit | null, type: string | null = "application/json") =>
  new Request(URL_OF, { method: "POST", body, ...(type === null ? {} : { headers: { "content-type": type } }) });
const codeOf = async (request: Request) => {
  const read = await readJson(request);
  return read.ok ? { value: read.value } : read.refusal.code;
};

describe("a body", () => {
  test("of nothing is an empty object, with and without a media type", async () => {
    expect(await codeOf(new Request(URL_OF, { method: "POST" }))).toEqual({ value: {} });
    expect(await codeOf(post("", "application/json"))).toEqual({ value: {} });
  });

  test("comes out as it went in, whatever JSON it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const text = JSON.stringify(value);
        expect(await codeOf(post(text, "Application/JSON; charset=utf-8"))).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp", ""])(
    "of another media type (%s) is refused, as a form of another site would send it",
    async (type) => expect(await codeOf(post("{}", type))).toBe("unsupported_media_type"),
  );

  test("without a media type is refused though it is JSON", async () => {
    expect(await codeOf(post(Buffer.from("{}"), null))).toBe("unsupported_media_type");
  });

  test.each(["{", "{'a':1}", "undefined", "[1,]", "\ufeff\ufeff{}", "{}{}"])(
    "that is no JSON (%j) is malformed",
    async (text) => expect(await codeOf(post(text))).toBe("malformed"),
  );

  test("that is not UTF-8 is malformed, not read as something else", async () => {
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
    ]) {
      expect(await codeOf(post(Buffer.from(bytes)))).toBe("malformed");
    }
  });

  test("of 64 KB is read, one byte more is too large, whatever is in it", async () => {
    const text = (bytes: number) => `"${"x".repeat(bytes - 2)}"`;
    expect(await codeOf(post(text(64 * 1024)))).toMatchObject({ value: expect.any(String) });
    expect(await codeOf(post(text(64 * 1024 + 1)))).toBe("too_large");
    expect(await codeOf(post("x".repeat(64 * 1024 + 1), "text/plain"))).toBe("too_large");
  });

  test("that never ends is given up at the bound: what comes after is not read", async () => {
    let sent = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const init = { method: "POST", body: endless, duplex: "half", headers: { "content-type": "application/json" } };
    expect(await codeOf(new Request(URL_OF, init as RequestInit))).toBe("too_large");
    expect(sent).toBeLessThan(10);
  });
});

describe("an answer", () => {
  type Handle = () => ReturnType<Parameters<typeof answering>[1]>;
  const answered = async (method: string, handle: Handle, headers: [string, string][] = []) => {
    lines.length = 0;
    const response = await answering(new Request(URL_OF, { method, headers }), handle);
    return { response, problem: JSON.parse(await response.text()) as Record<string, unknown>, logged: lines.join("") };
  };

  test("is stored by nobody and sniffed by no browser, good or bad", async () => {
    const good = await answered("GET", async () => answerOf({ a: 1 }, 201));
    const bad = await answered("GET", async () => refuse("not_found", "No."));
    expect([good.response.status, good.problem]).toEqual([201, { a: 1 }]);
    for (const { response } of [good, bad]) {
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(bad.response.headers.get("content-type")).toBe("application/problem+json");
  });

  test.each<[ErrorCode, string | null]>([
    ["unauthenticated", 'Bearer realm="Latchkey"'],
    ["forbidden", null],
    ["step_up_required", null],
  ])("of %s asks for credentials only where there were none", async (code, asks) => {
    const { response } = await answered("GET", async () => refuse(code, "No."));
    expect(response.headers.get("www-authenticate")).toBe(asks);
  });

  test("that sends somebody away says for how long", async () => {
    const refused = refuse("too_many_requests", "Wait.");
    if (refused.ok) throw new Error("not refused");
    const away = async () => ({ ok: false as const, refusal: { ...refused.refusal, retryAfterSeconds: 7 } });
    expect((await answered("POST", away)).response.headers.get("retry-after")).toBe("7");
    expect((await answered("POST", async () => refused)).response.headers.get("retry-after")).toBeNull();
  });

  test("to a bug tells nothing of it but a number to quote, which the log has too, without the query", async () => {
    const thrown = new Error("column users.shoe_size does not exist");
    const { response, problem, logged } = await answered("GET", () => Promise.reject(thrown));
    expect(response.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain("shoe_size");
    expect(logged).toContain("shoe_size");
    expect(logged).toContain(String(problem.requestId));
    expect(logged).not.toContain("hunter2");
  });

  test("names the trace in the log where there is exactly one, and otherwise none", async () => {
    const parent = ["traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"] as [string, string];
    const broken = () => Promise.reject(new Error("a bug"));
    const gone = () => Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    for (const handle of [broken, gone]) {
      const { logged } = await answered("GET", handle, [parent]);
      expect(JSON.parse(logged)).toMatchObject({
        ...{ trace_id: "4bf92f3577b34da6a3ce929d0e0e4736", span_id: "00f067aa0ba902b7" },
      });
      for (const headers of [[parent, parent], [["traceparent", "hostile"]] as [string, string][]]) {
        const other = await answered("GET", handle, headers);
        expect(other.logged).not.toMatch(/trace_id|hostile|4bf92f/);
      }
    }
  });

  test("while the database is away is 503 with a time to come back, and no stack in the log", async () => {
    const gone = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
    const { response, problem, logged } = await answered("GET", () => Promise.reject(gone));
    expect([response.status, problem.code, response.headers.get("retry-after")]).toEqual([503, "unavailable", "2"]);
    expect(logged).toContain('"level":"warn"');
    expect(logged).not.toContain("stack");
  });

  test("to whom others keep waiting for too long is 503, and says that nothing was changed", async () => {
    const locked = Object.assign(new Error("canceling statement due to lock timeout"), { code: "55P03" });
    const { response, problem, logged } = await answered("POST", () => Promise.reject(locked));
    expect([response.status, problem.code, response.headers.get("retry-after")]).toEqual([503, "unavailable", "2"]);
    expect(problem.detail).toContain("nothing of yours was changed");
    expect(logged).toContain("55P03");
  });

  test.each(["POST", "PUT", "PATCH", "DELETE"])(
    "to a %s that broke off never says that nothing was changed: nobody knows",
    async (method) => {
      for (const error of [new Error("bug"), Object.assign(new Error("gone"), { code: "ECONNRESET" })]) {
        const { problem } = await answered(method, () => Promise.reject(error));
        expect(problem.detail).toContain("look before you try again");
      }
    },
  );

  test("to a reading that broke off says to try again", async () => {
    const { problem } = await answered("GET", () => Promise.reject(new Error("bug")));
    expect(problem.detail).toMatch(/Try again in a moment\.$/);
  });

  test("at an address that is none of the API's is a problem like any other", async () => {
    const response = await unknownRoute(new Request(URL_OF));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      code: "not_found",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test("quotes another number each time", async () => {
    const handle = async () => refuse("not_found", "No.");
    const ids = await Promise.all([1, 2, 3].map(async () => (await answered("GET", handle)).problem.requestId));
    expect(new Set(ids).size).toBe(3);
  });
});
