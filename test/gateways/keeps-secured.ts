import { execFile } from "node:child_process";
import type { OutgoingHttpHeaders } from "node:http2";
import { expect } from "vitest";
import { GATEWAY_SECRET } from "../plane";
import { type Http2Answer, http2Request } from "../upstreams/http2-request";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import { wholeText } from "../upstreams/recorder";
import { waitUntil } from "../upstreams/wait-until";
import { OTHER_HOST } from "./keeps-hosts";
import { CHAT } from "./keeps-special";
import { only, type Place } from "./place";

/** A gateway that speaks TLS and HTTP/2 to its clients. */
export type SecuredPlace = Place & { readonly ca: string; readonly caFile: string };

const MYSELF = { ":path": "/rest/api/2/myself" };
const bearer = ({ secret }: { secret: string }) => ({ authorization: `Bearer ${secret}` });

/** Asks by HTTP/2, again as long as the verifier could not decide in time. */
const ask = ({ port, ca }: SecuredPlace, address: string, headers: OutgoingHttpHeaders, body?: string) =>
  waitUntil("it is decided", async (): Promise<Http2Answer | undefined> => {
    const answer = await http2Request({ address, port, ca }, headers, body);
    return answer.status === 503 && answer.body.includes("cannot be checked") ? undefined : answer;
  });

/** What the verifier was asked, by each way of asking. */
const told = (headers: Readonly<Record<string, readonly string[]>>, what: "proto" | "host") =>
  headers[`x-original-${what}`] ?? headers[`x-forwarded-${what}`];

export async function https(place: SecuredPlace): Promise<void> {
  const { tap, application, ownerId, port, tokens } = place;
  tap.take();
  for (const credential of [bearer(tokens.read), { "x-api-token": tokens.read.secret }]) {
    expect((await ask(place, API_HOST, { ...MYSELF, ...credential })).status).toBe(200);
    const question = tap.take().at(-1)?.headers ?? {};
    expect([told(question, "proto"), told(question, "host")]).toEqual([["https"], [`${API_HOST}:${port}`]]);
    const arrival = only(application);
    expect(arrival.headers).toMatchObject({
      ...{ "x-forwarded-proto": ["https"], host: [`${API_HOST}:${port}`] },
      ...{ "x-latchkey-user": ["maria"], "x-latchkey-user-id": [ownerId], "x-latchkey-access": ["read"] },
    });
    for (const gone of [tokens.read.secret, GATEWAY_SECRET]) expect(wholeText(arrival)).not.toContain(gone);
  }
  const create = { ":method": "POST", ":path": "/rest/api/2/issue" };
  const refused = await ask(place, API_HOST, { ...create, ...bearer(tokens.read) }, "{}");
  expect([refused.status, JSON.parse(refused.body).code]).toEqual([403, "write_refused"]);
  expect((await ask(place, API_HOST, { ...MYSELF, ...bearer(tokens.revoked) })).status).toBe(401);
  expect(application.take()).toEqual([]);
  expect((await ask(place, API_HOST, { ...create, ...bearer(tokens.write) }, "{}")).status).toBe(201);
  expect(only(application).body).toBe("{}");
}

/** Node's client refuses to send what curl sends. @returns status and version of HTTP */
const curl = ({ caFile, port }: SecuredPlace, ...lines: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const headers = lines.flatMap((line) => ["--header", line]);
    const always = [
      "--silent",
      "--noproxy",
      "*",
      "--http2",
      "--cacert",
      caFile,
      "--write-out",
      "%{http_code} %{http_version}",
    ];
    const url = `https://${API_HOST}:${port}/rest/api/2/myself`;
    execFile("curl", [...always, "--output", "/dev/null", ...headers, url], (_error, stdout) => resolve(stdout));
  });

export async function doubled(place: SecuredPlace): Promise<void> {
  const { application, tokens } = place;
  const [first, second] = [
    `Authorization: Bearer ${tokens.read.secret}`,
    `Authorization: Bearer ${tokens.write.secret}`,
  ];
  expect(await curl(place, first)).toBe("200 2");
  application.take();
  for (const pair of [
    [first, second],
    [first, `X-Api-Token: ${tokens.read.secret}`],
  ])
    expect([pair, await curl(place, ...pair)]).toEqual([pair, "400 2"]);
  expect(application.take()).toEqual([]);
}

export async function cookies(place: SecuredPlace): Promise<void> {
  const { application, tokens } = place;
  const cookie = ["JSESSIONID=1", "atlassian.xsrf.token=2"];
  for (const host of [API_HOST, MAIN_HOST]) {
    const answer = await ask(place, host, { ...MYSELF, ...bearer(tokens.read), cookie });
    expect([answer.status, answer.headers["set-cookie"]]).toEqual([200, undefined]);
    expect(only(application).headers.cookie).toBeUndefined();
    const browser = await ask(place, host, { ":path": "/secure/Dashboard.jspa", cookie });
    expect([browser.status, browser.headers["set-cookie"]?.length]).toEqual([200, 2]);
    expect(only(application).headers.cookie?.join("; ")).toBe(cookie.join("; "));
  }
  const preflight = { origin: "https://board.corp", "access-control-request-method": "PUT" };
  const asks = { ":method": "OPTIONS", ":path": `${CHAT}/rest/api/2/myself`, ...preflight };
  expect((await ask(place, API_HOST, { ...asks, cookie })).status).toBe(401);
  expect(application.take()).toEqual([]);
  expect((await ask(place, API_HOST, asks)).status).toBe(200);
}

export async function targets(place: SecuredPlace): Promise<void> {
  const { application, tap, tokens, port } = place;
  for (const path of [
    "/rest/../secure/admin",
    "/rest/%2e%2e/secure/admin",
    "/rest/..;/secure",
    "/rest/auth/1/session",
  ]) {
    const { status } = await ask(place, API_HOST, { ":path": path, ...bearer(tokens.write) });
    expect([path, status === 400 || status === 403 || status]).toEqual([path, true]);
  }
  for (const method of ["TRACE", "CONNECT"]) {
    const pseudo = method === "CONNECT" ? { ":authority": `${API_HOST}:${port}` } : MYSELF;
    const { status } = await ask(place, API_HOST, { ...pseudo, ":method": method, ...bearer(tokens.write) });
    expect([method, status === 0 || (status >= 400 && status < 502)]).toEqual([method, true]);
  }
  await ask(place, API_HOST, { ...MYSELF, ":authority": OTHER_HOST, ...bearer(tokens.wiki) });
  expect(application.take()).toEqual([]);
  tap.take();
  await ask(place, API_HOST, {
    ...MYSELF,
    ":authority": `${API_HOST}:${port}`,
    host: "elsewhere.corp",
    ...bearer(tokens.read),
  });
  const judged = tap.take().map(({ headers }) => told(headers, "host"));
  expect(judged.slice(-1)).toEqual(application.take().map(({ headers }) => headers.host));
}

export async function browsers(place: SecuredPlace): Promise<void> {
  const { application, tap, tokens } = place;
  tap.take();
  const page = await ask(place, MAIN_HOST, { ":path": "/secure/Dashboard.jspa", "x-latchkey-user": "root" });
  expect([page.status, tap.take()]).toEqual([200, []]);
  const { headers } = only(application);
  expect([headers["x-forwarded-proto"], headers["x-latchkey-user"]]).toEqual([["https"], undefined]);
  expect((await ask(place, MAIN_HOST, { ...MYSELF, ...bearer(tokens.read) })).status).toBe(200);
  expect(told(tap.take().at(-1)?.headers ?? {}, "proto")).toEqual(["https"]);
  expect(only(application).headers["x-latchkey-user"]).toEqual(["maria"]);
  expect((await ask(place, MAIN_HOST, { ...MYSELF, ...bearer(tokens.revoked) })).status).toBe(401);
}
