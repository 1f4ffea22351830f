import { createHash } from "node:crypto";
import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Arrival, startRecorder, type Upstream } from "./recorder";

/**
 * A small upstream that answers like Jira Data Center 9 where its clients look: search, issue, create, myself, session.
 * It starts a session on every answer, as Jira does, and knows the user from X-Latchkey-User or its own cookie.
 */
export const startJira = (): Promise<Upstream> => startRecorder(answer, acceptWebSockets);

const ISSUE = { id: "10001", key: "DEMO-1", fields: { summary: "The first issue", status: { name: "Open" } } };

function answer(arrival: Arrival, response: ServerResponse): void {
  const path = (arrival.url.split("?")[0] ?? "").replace(/\/+/g, "/").replace(/^\/jira\//, "/");
  response.setHeader("Set-Cookie", ["JSESSIONID=6A3F2C; Path=/; HttpOnly", "atlassian.xsrf.token=B1|lin; Path=/"]);
  response.setHeader("X-AUSERNAME", userOf(arrival) ?? "anonymous");
  if (path.startsWith("/rest/")) {
    const [status, body] = resource(arrival, path);
    response.writeHead(status, { "Content-Type": "application/json;charset=UTF-8" });
    response.end(JSON.stringify(body));
    return;
  }
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><title>Jira</title><h1>System Dashboard</h1><p>${userOf(arrival) ?? "Log in"}</p>`);
}

function resource(arrival: Arrival, path: string): [status: number, body: unknown] {
  if (path === "/rest/api/2/search") return [200, { startAt: 0, maxResults: 50, total: 1, issues: [ISSUE] }];
  if (path === "/rest/api/2/issue" && arrival.method === "POST") {
    return [201, { id: "10002", key: "DEMO-2", self: "/rest/api/2/issue/10002" }];
  }
  if (path.startsWith("/rest/api/2/issue/")) return [200, ISSUE];
  if (path === "/rest/api/2/field") return [200, []];
  if (path === "/rest/api/2/myself") return [200, { name: userOf(arrival), active: true }];
  if (path === "/rest/api/2/teapot") return [403, { errorMessages: ["Jira itself says no"] }];
  if (path === "/rest/api/2/broken") return [500, { errorMessages: ["Jira itself is broken"] }];
  return [404, { errorMessages: ["No such resource"] }];
}

function userOf(arrival: Arrival): string | null {
  const named = arrival.headers["x-latchkey-user"]?.[0];
  if (named) return decodeURIComponent(named);
  return arrival.headers.cookie?.some((cookie) => cookie.includes("JSESSIONID=")) ? "browser.user" : null;
}

/** RFC 6455 §4.2.2: the handshake, then every byte back as it came. */
function acceptWebSockets(server: Server): void {
  server.on("upgrade", (request, socket: Duplex) => {
    const key = `${request.headers["sec-websocket-key"] ?? ""}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash("sha1").update(key).digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${request.headers.upgrade}\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.pipe(socket);
    socket.on("error", () => socket.destroy());
  });
}
