import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parse } from "yaml";
import { freePort } from "#server/free-port";
import { projectFolder } from "#server/project";
import { FORGED, GATEWAY_SECRET, SECRET } from "./forwarding";
import { startJira } from "./jira";
import { type Running, startProgram } from "./program";
import { rawRequest } from "./raw-request";
import { type Upstream, wholeText } from "./recorder";
import { ALLOW_TOKEN, refusal, type ScriptedVerifier, startScriptedVerifier } from "./scripted-verifier";
import { makeDirectory } from "./workspace";

// The controller is a real nginx with the lines that its template (nginx.tmpl) writes around the annotations.

type Annotations = Readonly<Record<string, string>>;
const named = (annotations: Annotations, name: string): string =>
  (annotations[`nginx.ingress.kubernetes.io/${name}`] ?? "").trim();

function siteOf(annotations: Annotations, root: string, port: number, upstreamPort: number): string {
  const copied = named(annotations, "auth-response-headers").split(",");
  const set = copied.flatMap((name, n) => [
    `auth_request_set $authHeader${n} $upstream_http_${name.toLowerCase().replaceAll("-", "_")};`,
    `proxy_set_header '${name}' $authHeader${n};`,
  ]);
  return `daemon off; worker_processes 1; pid ${root}/nginx.pid; error_log ${root}/error.log notice;
events { worker_connections 128; }
http {
  access_log off; client_body_temp_path ${root}/body; proxy_temp_path ${root}/proxy;
  fastcgi_temp_path ${root}/f; uwsgi_temp_path ${root}/u; scgi_temp_path ${root}/s;
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
  server {
    listen 127.0.0.1:${port};
    location = /_external-auth {
      internal; proxy_pass_request_body off; proxy_http_version 1.1; proxy_ssl_server_name on; proxy_pass_request_headers on;
      proxy_set_header Content-Length ""; proxy_set_header X-Forwarded-Proto "";
      proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
      proxy_set_header X-Original-Method $request_method;
      proxy_set_header X-Sent-From "nginx-ingress-controller";
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Auth-Request-Redirect $request_uri;
      ${named(annotations, "auth-snippet")}
      proxy_pass ${named(annotations, "auth-url")};
    }
    location / {
      auth_request /_external-auth;
      ${set.join("\n      ")}
      proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Real-IP $remote_addr; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Proxy "";
      proxy_http_version 1.1;
      ${named(annotations, "configuration-snippet")}
      proxy_pass http://127.0.0.1:${upstreamPort};
    }
  }
}`;
}

const directory = makeDirectory("ingress");
let verifier: ScriptedVerifier;
let jira: Upstream;
let nginx: Running;

beforeAll(async () => {
  [verifier, jira] = await Promise.all([startScriptedVerifier(), startJira()]);
  const text = readFileSync(join(projectFolder(), "gateways/ingress-nginx/api-host.yaml"), "utf8")
    .replace("latchkey-verifier.latchkey.svc.cluster.local:3001", `127.0.0.1:${verifier.port}`)
    .replace("CHANGE-ME", GATEWAY_SECRET);
  for (let started: Running | null = null; started === null; ) {
    const port = await freePort();
    const file = join(directory.path, "nginx.conf");
    writeFileSync(file, siteOf(parse(text).metadata.annotations, directory.path, port, jira.port));
    const log = () => readFileSync(join(directory.path, "error.log"), "utf8");
    started = await startProgram({
      program: "nginx",
      args: ["-p", directory.path, "-c", file],
      port,
      log,
      remove: () => {},
    });
    if (started !== null) nginx = started;
  }
});
afterAll(async () => {
  await nginx.stop();
  await Promise.all([verifier.stop(), jira.stop()]);
  directory.remove();
});
beforeEach(() => {
  verifier.say(ALLOW_TOKEN);
  verifier.take();
  jira.take();
});

const ask = (lines: readonly string[], body = "") =>
  rawRequest({ address: "127.0.0.1", port: nginx.port }, lines, body);

test("ingress-nginx asks with the five that the adapter needs, each once, whatever the client says of them", async () => {
  const lies = ["X-Original-URI: /x", "X-Original-Host: evil", "X-Original-Proto: ftp", "X-Real-IP: 6.6.6.6"];
  await ask(["DELETE /rest/api/2/issue/A-1?x=%20 HTTP/1.1", ...lies, "X-Latchkey-Gateway-Key: guess", "Cookie: a=b"]);
  const [asked] = verifier.take();
  expect(asked?.url).toBe("/v1/authz/nginx/gw1");
  expect(asked?.headers).toMatchObject({
    ...{ "x-original-method": ["DELETE"], "x-original-uri": ["/rest/api/2/issue/A-1?x=%20"] },
    ...{ "x-original-host": [`127.0.0.1:${nginx.port}`], "x-original-proto": ["http"], "x-real-ip": ["127.0.0.1"] },
    "x-latchkey-gateway-key": [GATEWAY_SECRET],
  });
  expect(asked?.headers.cookie).toBeUndefined();
});

test("ingress-nginx passes a token on as the verifier's identity, without session, and brings none back", async () => {
  const answer = await ask([
    "GET /rest/api/2/myself HTTP/1.1",
    `Authorization: Bearer ${SECRET}`,
    "Cookie: a=b",
    ...FORGED,
  ]);
  const [arrival] = jira.take();
  expect(arrival?.headers).toMatchObject({ "x-latchkey-auth": ["token"], "x-latchkey-user": ["ada"] });
  for (const name of ["cookie", "authorization", "x-latchkey-gateway-key"])
    expect(arrival?.headers[name]).toBeUndefined();
  for (const gone of [SECRET, "root", GATEWAY_SECRET]) expect(arrival && wholeText(arrival)).not.toContain(gone);
  expect(answer.headers["set-cookie"]).toBeUndefined();
});

test("ingress-nginx refuses what the verifier refuses, and an upgrade by itself", async () => {
  for (const [status, seen] of [
    [401, 401],
    [403, 403],
    [429, 403],
  ] as const) {
    verifier.say(refusal(status, "whatever"));
    expect((await ask(["GET /rest/api/2/myself HTTP/1.1"])).status).toBe(seen);
  }
  verifier.say({ status: 404 });
  expect((await ask(["GET / HTTP/1.1"])).status).toBe(500);
  verifier.say(ALLOW_TOKEN);
  expect((await ask(["GET /ws HTTP/1.1", "Connection: Upgrade, close", "Upgrade: websocket"])).status).toBe(403);
  expect(jira.take()).toEqual([]);
});
