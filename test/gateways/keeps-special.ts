import { expect } from "vitest";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { wholeText } from "../upstreams/recorder";
import { waitUntil } from "../upstreams/wait-until";
import { asksForWebSocket } from "../upstreams/web-socket";
import { basic, bearer, MYSELF, only, type Place } from "./place";

/** Where the application lies that lets WebSockets and preflights through; no other here does. */
export const CHAT = "/chat";

const hostsOf = ({ gateway }: Place) => (gateway.apiHostOnly ? [API_HOST] : [API_HOST, MAIN_HOST]);

/** How a WebSocket is answered once it is decided, by what is asked: application and token. */
function answersTo({ port, tokens: { read, write } }: Place, address: string): Promise<number[]> {
  const asked = [
    [`${CHAT}/ws`, write],
    [`${CHAT}/ws`, read],
    ["/ws", write],
  ] as const;
  const decided = (target: string, token: typeof read) =>
    waitUntil("it is decided", async () => {
      const status = await asksForWebSocket({ address, port }, target, [bearer(token)]);
      return status === 503 ? undefined : status;
    });
  return Promise.all(asked.map(([target, token]) => decided(target, token)));
}

export async function webSocket(place: Place): Promise<void> {
  for (const host of hostsOf(place)) expect([host, await answersTo(place, host)]).toEqual([host, [101, 403, 403]]);
}

/** Where nobody could judge one: it is refused, or answered like a plain request. */
export async function noWebSocket(place: Place): Promise<void> {
  for (const host of hostsOf(place)) expect(await answersTo(place, host)).not.toContain(101);
  for (const { headers } of place.application.take()) expect(headers.upgrade).toBeUndefined();
}

const [ORIGIN, METHOD] = ["Origin: https://board.corp", "Access-Control-Request-Method: PUT"];
const asks = (context: string, method = "OPTIONS") => `${method} ${context}/rest/api/2/myself HTTP/1.1`;

/** A preflight passes, and what is only like one does not. */
async function letsPreflightsThrough({ api, application }: Place): Promise<void> {
  expect((await api([asks(CHAT), ORIGIN, METHOD])).status).toBe(200);
  const { method, headers } = only(application);
  expect([method, headers["x-latchkey-auth"], headers.origin]).toEqual(["OPTIONS", ["none"], ["https://board.corp"]]);
  const refused: readonly (readonly [number, ...string[]])[] = [
    [401, asks(CHAT), ORIGIN],
    [401, asks(CHAT), METHOD],
    [401, asks(CHAT, "GET"), ORIGIN, METHOD],
    [401, asks(CHAT), ORIGIN, METHOD, "X-HTTP-Method-Override: DELETE"],
    [403, asks(CHAT), ORIGIN, METHOD, basic("fred", "hunter2")],
    [401, asks("/bitbucket"), ORIGIN, METHOD],
  ];
  for (const [status, ...lines] of refused)
    expect([lines, (await api(lines)).status, application.take()]).toEqual([lines, status, []]);
}

const COOKIE = "Cookie: JSESSIONID=1";
const COOKIES = [[COOKIE], ["cookie: a=b", COOKIE], ["Cookie: ", COOKIE], [COOKIE, "Cookie: "]];

export async function preflight(place: Place): Promise<void> {
  const { api, application, tap } = place;
  await letsPreflightsThrough(place);
  tap.take();
  for (const lines of COOKIES)
    expect([lines, (await api([asks(CHAT), ORIGIN, METHOD, ...lines])).status, application.take()]).toEqual([
      ...[lines, 401, []],
    ]);
  // The verifier is told that there are some, and of none what is in it; by gRPC, where it is, nothing here has seen it.
  const questions = tap.take();
  expect(questions.length).toBeGreaterThanOrEqual(COOKIES.length);
  for (const question of questions) expect(wholeText(question)).not.toContain("JSESSIONID");
}

/** Where the verifier is told of no cookies: what is like a preflight passes, and they do not. */
export async function withoutCookie(place: Place): Promise<void> {
  await letsPreflightsThrough(place);
  for (const lines of COOKIES) {
    expect([lines, (await place.api([asks(CHAT), ORIGIN, METHOD, ...lines])).status]).toEqual([lines, 200]);
    const { headers } = only(place.application);
    expect([lines, headers["x-latchkey-auth"], headers.cookie]).toEqual([lines, ["none"], undefined]);
  }
}

async function passesOnly({ asked, application }: Place, passing: readonly string[], others: readonly string[][]) {
  for (const ask of asked) {
    expect([passing, (await ask([MYSELF, ...passing])).status]).toEqual([passing, 200]);
    expect(only(application).headers).toMatchObject({ "x-latchkey-user": ["maria"] });
    for (const lines of others) {
      const { status, body } = await ask([MYSELF, ...lines]);
      expect([lines, status, application.take()]).toEqual([lines, 403, []]);
      expect(JSON.parse(body)).toMatchObject({ code: "header_refused" });
    }
  }
}

const TEAM = "X-Team: release";

export async function conditions(place: Place): Promise<void> {
  const own = bearer(place.tokens.team);
  const others = [[], ["X-Team: other"], ["X-Team: "], ["X_Team: release"], [TEAM, TEAM], [TEAM, "X-Team: other"]];
  await passesOnly(
    place,
    [own, TEAM],
    others.map((lines) => [own, ...lines]),
  );
}

/** Where the verifier is told of some headers alone: a condition on another lets nobody in, one on these does. */
export async function namedHeaders(place: Place): Promise<void> {
  const own = bearer(place.tokens.agent);
  const others = [[own], [own, "User-Agent: it/2"], [bearer(place.tokens.team), TEAM]];
  await passesOnly(place, [own, "User-Agent: it/1"], others);
}
