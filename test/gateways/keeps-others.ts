import { expect } from "vitest";
import { ASKED, NOT_ASKED } from "../upstreams/main-host-requests";
import { rawRequest } from "../upstreams/raw-request";
import { basic, bearer, CREATE, MYSELF, only, type Place } from "./place";

const NATIVE = "Authorization: Bearer NjQ2MDAyOTU1NTI3OsdwQ8q4";
const value = (line: string) => line.slice(line.indexOf(" ") + 1);

/** @param session whether cookies and `Set-Cookie` pass beside a credential */
export async function passesOthers({ api, application }: Place, session: boolean): Promise<void> {
  const others = [
    ["password", basic("fred", "hunter2")],
    ["foreignBearer", NATIVE],
    ["oauth1", 'Authorization: OAuth oauth_consumer_key="a", oauth_signature="b"'],
    ["otherScheme", "Authorization: Negotiate AAAA"],
  ] as const;
  for (const [auth, credential] of others) {
    const answer = await api([CREATE, credential, "Cookie: JSESSIONID=1", "X-Latchkey-User: root"], '{"a":1}');
    const arrival = only(application);
    expect([auth, answer.status, arrival.body]).toEqual([auth, 201, '{"a":1}']);
    expect(arrival.headers.authorization).toEqual([value(credential)]);
    expect(arrival.headers.cookie).toEqual(session ? ["JSESSIONID=1"] : undefined);
    expect(arrival.headers["x-latchkey-auth"]).toEqual([auth]);
    expect(arrival.headers["x-latchkey-user"]?.join("") ?? "").toBe("");
    expect(answer.headers["set-cookie"]?.length).toBe(session ? 2 : undefined);
  }
  const browser = await api(["GET /secure/Dashboard.jspa HTTP/1.1", "Cookie: JSESSIONID=1"]);
  expect([browser.status, browser.headers["set-cookie"]?.length]).toEqual([200, session ? 2 : undefined]);
  expect(browser.body).toContain(session ? "browser.user" : "Log in");
  expect(only(application).headers["x-latchkey-auth"]).toEqual(["none"]);
}

export async function main({ main: ask, tap, application, tokens: { read } }: Place): Promise<void> {
  const passes = async () => {
    for (const [name, lines, body] of NOT_ASKED) {
      const answer = await ask([...lines, "X-Latchkey-User: root"], body);
      expect([name, answer.status < 405, answer.headers["set-cookie"]?.length]).toEqual([name, true, 2]);
      const arrival = only(application);
      expect([arrival.url, arrival.body]).toEqual([lines[0]?.split(" ")[1], body]);
      expect(Object.keys(arrival.headers).filter((header) => header.startsWith("x-latchkey"))).toEqual([]);
    }
  };
  tap.take();
  await passes();
  expect(tap.take()).toEqual([]);
  await tap.away(passes);
  expect((await ask([MYSELF, NATIVE])).status).toBe(200);
  expect(tap.take().length).toBeGreaterThan(0);
  expect(only(application).headers.authorization).toEqual([value(NATIVE)]);
  expect((await ask([MYSELF, bearer(read)])).status).toBe(200);
  application.take();
}

export async function both({ main: ask, application, tokens: { read, revoked } }: Place): Promise<void> {
  expect((await ask([MYSELF, `X-Api-Token: ${read.secret}`])).status).toBe(200);
  expect(only(application).headers).toMatchObject({ "x-latchkey-user": ["maria"], "x-latchkey-access": ["read"] });
  expect((await ask([CREATE, bearer(read)], "{}")).status).toBe(403);
  const { status, headers } = await ask([MYSELF, bearer(revoked)]);
  expect([status, headers["www-authenticate"]?.length]).toEqual([401, 1]);
  expect(application.take()).toEqual([]);
}

/** @param says what an answer on the API host has in its body */
export async function withoutVerifier(
  { gateway, port, tap, application, tokens: { read } }: Place,
  status: number,
  says: string,
) {
  await tap.away(async () => {
    const on = (address: string, lines: readonly string[]) => rawRequest({ address, port }, lines, "{}");
    const asked = gateway.apiHostOnly ? [] : [...ASKED.map(([, lines]) => lines), [MYSELF, bearer(read)]];
    // One that sends back whom it does not understand is asked again, as the client does.
    const onMain = asked.map(async (lines) => {
      const { status: first, headers } = await on("127.0.0.2", lines);
      const back = headers.location?.[0];
      if (back === undefined) return [lines[0], first];
      const { pathname, search } = new URL(back);
      return [lines[0], (await on("127.0.0.2", [`GET ${pathname}${search} HTTP/1.1`])).status];
    });
    expect(await Promise.all(onMain)).toEqual(asked.map((lines) => [lines[0], status]));
    const every = [[MYSELF], ["GET /secure/Dashboard.jspa HTTP/1.1", "Cookie: JSESSIONID=1"], [MYSELF, bearer(read)]];
    for (const answer of await Promise.all(every.map((lines) => on("127.0.0.1", lines))))
      expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(says)]);
  });
  expect(application.take()).toEqual([]);
}
