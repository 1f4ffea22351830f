import { expect } from "vitest";
import { newSecret } from "#lib/tokens/secret";
import { rawRequest } from "../upstreams/raw-request";
import { waitUntil } from "../upstreams/wait-until";
import { refusesTwo } from "./keeps-two";
import { basic, bearer, CREATE, MYSELF, only, type Place } from "./place";

export async function reads({ api, application, tokens: { read } }: Place): Promise<void> {
  for (const credential of [basic("maria", read.secret), bearer(read), `X-Api-Token: ${read.secret}`]) {
    expect((await api([MYSELF, credential])).status).toBe(200);
    expect(only(application).url).toBe("/rest/api/2/myself");
  }
  expect((await api(["POST /rest/api/2/search HTTP/1.1", bearer(read)], "{}")).status).toBe(200);
  expect(only(application).body).toBe("{}");
}

export async function writes({ api, application, tokens: { read, write } }: Place): Promise<void> {
  for (const line of [CREATE, "PUT /rest/api/2/issue/A-1 HTTP/1.1", "DELETE /rest/api/2/issue/A-1 HTTP/1.1"]) {
    const refused = await api([line, bearer(read)], "{}");
    expect([refused.status, refused.headers["content-type"]]).toEqual([403, ["application/problem+json"]]);
    expect(JSON.parse(refused.body)).toMatchObject({
      ...{ status: 403, code: "write_refused", requestId: refused.headers["x-latchkey-request-id"]?.[0] },
      detail: expect.stringContaining("This token may only read, and this request changes something"),
    });
    expect(application.take()).toEqual([]);
    expect((await api([line, bearer(write)], "{}")).status).toBeLessThan(300);
    expect(only(application).body).toBe("{}");
  }
}

export async function unauthenticated({ api, application, tokens }: Place): Promise<void> {
  const { read, revoked, suspended, expired } = tokens;
  const credentials = [
    ...[bearer({ secret: newSecret() }), bearer(revoked), bearer(suspended), bearer(expired)],
    ...[basic("somebody", read.secret), bearer({ secret: read.secret.slice(0, -1) }), `X-Api-Token: ${revoked.secret}`],
  ];
  const bodies = new Set<string>();
  for (const credential of credentials) {
    const { status, headers, body } = await api([MYSELF, credential]);
    expect([status, headers["www-authenticate"]]).toEqual([
      401,
      ['Basic realm="Latchkey", charset="UTF-8", Bearer realm="Latchkey"'],
    ]);
    const { requestId, code } = JSON.parse(body);
    expect([code, requestId]).toEqual(["unauthenticated", headers["x-latchkey-request-id"]?.[0]]);
    bodies.add(body.replace(requestId, "ID"));
  }
  expect(bodies.size).toBe(1);
  expect(application.take()).toEqual([]);
}

export const unreadable = (place: Place): Promise<void> => refusesTwo(place, true);

export async function tooOften({ api, port, application, tokens: { slow } }: Place): Promise<void> {
  // On a machine with too much to do a first answer may come too late, which is a 503 and takes the one there is.
  const before: number[] = [];
  await waitUntil("the only one of the minute", async () => {
    const { status } = await rawRequest({ address: "127.0.0.1", port }, [MYSELF, bearer(slow)]);
    before.push(status);
    return status === 503 ? undefined : true;
  });
  expect(before.length === 1 ? [200] : [200, 429]).toContain(before.at(-1));
  application.take();
  const { status, headers, body } = await api([MYSELF, bearer(slow)]);
  expect(status).toBe(429);
  expect(Number(headers["retry-after"]?.[0])).toBeGreaterThan(0);
  expect([headers["ratelimit-policy"]?.length, headers.ratelimit?.length]).toEqual([1, 1]);
  expect(JSON.parse(body)).toMatchObject({ status: 429, code: "rate_limited", detail: expect.any(String) });
  expect(application.take()).toEqual([]);
}

export async function undecided({ port, quarantined, application, tokens: { read } }: Place): Promise<void> {
  await quarantined(async () => {
    const answer = await rawRequest({ address: "127.0.0.1", port }, [MYSELF, bearer(read)]);
    expect([answer.status, answer.headers["retry-after"]?.length]).toEqual([503, 1]);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 503, code: "unavailable" });
    expect(answer.headers["x-latchkey-request-id"]?.[0]).toMatch(/./);
  });
  expect(application.take()).toEqual([]);
}
