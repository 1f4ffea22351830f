import { type IncomingMessage, request } from "node:http";
import { expect } from "vitest";
import { FRED } from "../upstreams/living";
import { API_HOST, MAIN_HOST } from "../upstreams/nginx-site";
import type { Arrival } from "../upstreams/recorder";
import { waitUntil } from "../upstreams/wait-until";
import { LIVING } from "./estate";
import { basic, type Place } from "./place";

/** Where the applications are reached without a gateway, and the hosts of one before them. */
export const directly = ({ behind }: Place): string => `${API_HOST}:${behind}`;
export const throughGateway = ({ port }: Place): string[] => [API_HOST, MAIN_HOST].map((host) => `${host}:${port}`);

type Asked = readonly [method: string, path: string, lines: readonly string[], body?: string];

const NATIVE = `Authorization: Bearer ${FRED.token}`;
const COOKIE = "Cookie: JSESSIONID=5E1F0A; atlassian.xsrf.token=B1|lin";
const MYSELF = "/rest/api/2/myself";
const login = (password: string) => JSON.stringify({ username: FRED.username, password });

/** What clients send that know nothing of Latchkey. */
const ASKED: readonly Asked[] = [
  ["GET", MYSELF, []],
  ["GET", MYSELF, [NATIVE]],
  ["GET", MYSELF, [`${NATIVE}x`]],
  ["GET", `${MYSELF}?os_authType=basic`, [basic(FRED.username, FRED.password)]],
  ["GET", MYSELF, [basic(FRED.username, FRED.token), COOKIE]],
  ["GET", MYSELF, [basic(FRED.username, "winter")]],
  ["GET", MYSELF, [COOKIE]],
  ["GET", MYSELF, ["Authorization: Negotiate YIIabc=="]],
  ["GET", MYSELF, ['Authorization: OAuth oauth_consumer_key="a", oauth_signature="b%3D"']],
  ["HEAD", MYSELF, [NATIVE]],
  ["POST", "/rest/api/2/issue", [NATIVE, "X-Atlassian-Token: no-check", "Content-Type: application/json"], '{"ü":1}'],
  ["PUT", "/rest/api/2/issue/DEMO-1", [COOKIE, "Content-Type: application/json"], "{}"],
  ["DELETE", "/rest/api/2/issue/DEMO-1", [NATIVE]],
  ["GET", "/rest/api/2/teapot", [NATIVE]],
  ["POST", "/rest/auth/1/session", ["Content-Type: application/json"], login(FRED.password)],
  ["POST", "/rest/auth/1/session", ["Content-Type: application/json"], login("winter")],
  ["GET", "/attachment", [NATIVE, "Range: bytes=10-29"]],
  ["GET", "/attachment", [COOKIE, 'If-None-Match: "a1"']],
  ...[[], [basic(FRED.username, FRED.token)], [basic(FRED.username, "winter")]].map(
    (credential): Asked => [
      ...(["GET", "/scm/demo/repo.git/info/refs?service=git-upload-pack"] as const),
      [...credential, "User-Agent: git/2.39.5", "Git-Protocol: version=2", "Pragma: no-cache"],
    ],
  ),
];

/** Dates by what they mean: Apache writes the right day of the week into git's `Expires`. */
const DATES = ["expires", "last-modified"];
/** What every gateway says of itself, and how it cuts a body. */
const OWN = ["date", "connection", "keep-alive", "server", "via", "transfer-encoding", "content-length"];
/** What tells the application of the way, and nothing of who it is. */
const ADDED = /^(host|connection|via|x-real-ip|x-forwarded-(for|host|proto|server)|x-latchkey-(auth|request-id))$/;

function byName(raw: readonly string[]): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (let at = 0; at < raw.length; at += 2) {
    const name = (raw[at] ?? "").toLowerCase();
    const value = raw[at + 1] ?? "";
    const said = DATES.includes(name) ? new Date(value).toISOString() : value;
    if (!OWN.includes(name)) headers[name] = [...(headers[name] ?? []), said];
  }
  return headers;
}

async function ask(address: string, [method, path, lines, body]: Asked) {
  const headers = ["Host", address, "Accept-Encoding", "identity", ...lines.flatMap(split)];
  const length = body === undefined ? [] : ["Content-Length", String(Buffer.byteLength(body))];
  const target = { method, path: `${LIVING}${path}`, agent: false, headers: [...headers, ...length] };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(`http://${address}`, target, resolve).on("error", reject).end(body);
  });
  const said = { status: answer.statusCode, reason: answer.statusMessage, headers: byName(answer.rawHeaders) };
  return { ...said, body: Buffer.concat(await answer.toArray()).toString() };
}

function split(line: string): [string, string] {
  const at = line.indexOf(": ");
  return [line.slice(0, at), line.slice(at + 2)];
}

const asSent = ({ method, url, headers, body }: Arrival) => ({
  ...{ method, url, body },
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ADDED.test(name))),
});

/** Behind a gateway it is as if there was none: what arrives, and what comes back. */
export async function undisturbed(place: Place): Promise<void> {
  const seen = async (address: string, asked: Asked) => {
    const answer = await waitUntil("it is decided", async () => {
      const got = await ask(address, asked);
      return got.status === 503 ? undefined : got;
    });
    return { asked, answer, arrived: place.living.take().map(asSent) };
  };
  place.living.take();
  for (const asked of ASKED) {
    const alone = await seen(directly(place), asked);
    for (const address of throughGateway(place))
      expect([address, await seen(address, asked)]).toEqual([address, alone]);
  }
}
