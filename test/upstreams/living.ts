import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { type Arrival, startRecorder, type Upstream } from "./recorder";

/** Somebody whom an application knows by itself: by a password, and by a personal access token of its own. */
export const FRED = { username: "fred", password: "spring:2026 ü", token: "NjQ2MDAyOTU1NTI3OsdwQ8q4bGl2aW5n" } as const;

/** How such an application asks who somebody is: Bitbucket's challenge, and Jira's beside it. */
const OWN_CHALLENGES = ['Basic realm="Atlassian Bitbucket"', 'OAuth realm="http%3A%2F%2Fliving.corp"'] as const;

/** What it says to whom it does not know. */
export const UNKNOWN = "The application itself does not know you.";

const SESSION = "JSESSIONID=5E1F0A";
/** In whichever way a client writes an umlaut. */
const BASIC = (["utf8", "latin1"] as const).flatMap((encoding) =>
  [FRED.password, FRED.token].map(
    (password) => `Basic ${Buffer.from(`${FRED.username}:${password}`, encoding).toString("base64")}`,
  ),
);

/**
 * Whom an application takes somebody for that was there before Latchkey: it goes by its own passwords, tokens and sessions,
 * and by X-Latchkey-User where a gateway names somebody.
 */
export function signedIn(headers: IncomingHttpHeaders): string | null {
  const named = headers["x-latchkey-user"];
  if (typeof named === "string" && named !== "") return decodeURIComponent(named);
  const { authorization, cookie = "" } = headers;
  const isFred =
    authorization === undefined
      ? cookie.split("; ").includes(SESSION)
      : [...BASIC, `Bearer ${FRED.token}`].includes(authorization);
  return isFred ? FRED.username : null;
}

export function refuseUnknown(response: ServerResponse): void {
  response.setHeader("WWW-Authenticate", [...OWN_CHALLENGES]);
  response.setHeader("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
  response.setHeader("Content-Type", "application/json;charset=UTF-8");
  response.writeHead(401).end(JSON.stringify({ errorMessages: [UNKNOWN] }));
}

/** Answers like Jira and Bitbucket Data Center where their clients look, to people whom it knows. */
export const startLiving = (): Promise<Upstream> =>
  startRecorder((arrival, response) => {
    const user = signedIn(singly(arrival));
    const [path = ""] = arrival.url.split("?");
    if (path === "/rest/auth/1/session" && arrival.method === "POST") return void logIn(arrival, response);
    if (user === null) return void refuseUnknown(response);
    response.setHeader("Set-Cookie", [`${SESSION}; Path=/; HttpOnly`, "atlassian.xsrf.token=B1|lin; Path=/"]);
    response.setHeader("X-AUSERNAME", user);
    if (path === "/attachment") return void attachment(arrival, response);
    if (path === "/attachments") return void response.writeHead(201).end(`${arrival.body.length} bytes`);
    const [status, body] = resource(arrival, path, user);
    response.setHeader("Content-Type", "application/json;charset=UTF-8");
    response.writeHead(status).end(JSON.stringify(body));
  });

const singly = ({ headers }: Arrival): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join("; ")]));

function logIn({ body }: Arrival, response: ServerResponse): void {
  const { username, password } = JSON.parse(body);
  if (username !== FRED.username || password !== FRED.password) return void refuseUnknown(response);
  response.setHeader("Set-Cookie", `${SESSION}; Path=/; HttpOnly`);
  response.setHeader("Content-Type", "application/json;charset=UTF-8");
  const [name, value] = SESSION.split("=");
  response.end(JSON.stringify({ session: { name, value } }));
}

/** A file that is sent in parts, and not again to whoever has it. */
function attachment({ headers }: Arrival, response: ServerResponse): void {
  const whole = "0123456789".repeat(100);
  const [first, last] = (/^bytes=(\d+)-(\d+)$/.exec(headers.range?.[0] ?? "") ?? []).slice(1).map(Number);
  response.setHeader("ETag", '"a1"');
  response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''%C3%BC.txt");
  if (headers["if-none-match"]?.[0] === '"a1"') return void response.writeHead(304).end();
  if (first === undefined || last === undefined) return void response.end(whole);
  response.setHeader("Content-Range", `bytes ${first}-${last}/${whole.length}`);
  response.writeHead(206).end(whole.slice(first, last + 1));
}

const ISSUE = { id: "10001", key: "DEMO-1", fields: { summary: "The first issue", status: { name: "Open" } } };

function resource({ method, body }: Arrival, path: string, user: string): [status: number, body: unknown] {
  if (path === "/rest/auth/1/session") return [200, { name: user, self: "/rest/auth/1/session" }];
  if (path === "/rest/api/2/search") return [200, { startAt: 0, maxResults: 50, total: 1, issues: [ISSUE] }];
  if (path === "/rest/api/2/issue" && method === "POST") return [201, { id: "10002", key: "DEMO-2", self: "/x" }];
  if (path === "/rest/api/2/field") return [200, []];
  if (path === "/rest/api/2/myself") return [200, { name: user, active: true }];
  if (path === "/rest/api/2/teapot") return [403, { errorMessages: ["The application itself says no"] }];
  if (path !== "/rest/api/1.0/projects/DEMO/repos") return [404, { errors: [] }];
  if (method === "GET") return [200, { values: [{ slug: "repo" }], isLastPage: true }];
  return [201, { slug: JSON.parse(body).name, by: user }];
}
