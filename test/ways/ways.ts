import { type CheckClient, checkRequest, envoyMetadata } from "../check-client";
import { GATEWAY_SECRET } from "../plane";
import { rawRequest } from "../upstreams/raw-request";
import { CLIENT, ORIGINAL, type Original, type Said, saidBy, type Way } from "./way";

/** Keys of the gateways that these ways ask as, each with its adapter. */
export const GATEWAYS = { nginx: "nginx", forward: "forward", envoy: "envoy", app: "api" } as const;

const linesOf = (names: readonly string[] = []): string[] =>
  names.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${names[i + 1]}`] : []));

const secretLine = ({ gatewaySecret = GATEWAY_SECRET }: Original) => `X-Latchkey-Gateway-Key: ${gatewaySecret}`;

type Named = Readonly<Record<keyof typeof ORIGINAL | "client", string>>;

/** Five headers of the gateway's beside those of the client. */
function subRequest(port: number, path: string, named: (value: Named) => string[]): Way["ask"] {
  return async (original) => {
    const { method = ORIGINAL.method, target = ORIGINAL.target, client = CLIENT } = original;
    const lines = [secretLine(original), ...named({ ...ORIGINAL, method, target, client })];
    const to = { address: "127.0.0.1", port };
    const { status, headers, body } = await rawRequest(to, [
      ...[`GET ${path} HTTP/1.1`, ...lines, ...linesOf(original.lines)],
    ]);
    return saidBy(Number(headers["x-latchkey-status"]?.[0] ?? status), headers, body);
  };
}

/** The original request itself, with a prefix before its path. */
function byHttp(port: number): Way["ask"] {
  return async (original) => {
    const { method = ORIGINAL.method, target = ORIGINAL.target, client = CLIENT, lines } = original;
    const own = [`Host: ${ORIGINAL.host}`, `X-Forwarded-Proto: ${ORIGINAL.proto}`, `X-Forwarded-For: ${client}`];
    const { status, headers, body } = await rawRequest({ address: "127.0.0.1", port }, [
      ...[`${method} /v1/authz/envoy/envoy${target} HTTP/1.1`, secretLine(original), ...own, ...linesOf(lines)],
    ]);
    return saidBy(status, headers, body);
  };
}

function byGrpc(client: CheckClient): Way["ask"] {
  return async ({ gatewaySecret = GATEWAY_SECRET, ...original }) => {
    const { method = ORIGINAL.method, target = ORIGINAL.target, client: from = CLIENT, lines } = original;
    const metadata = envoyMetadata({ "x-latchkey-gateway": "envoy", "x-latchkey-gateway-key": gatewaySecret });
    const asked = checkRequest({ method, path: target, host: ORIGINAL.host, scheme: ORIGINAL.proto }, lines, from);
    const { status, okResponse, deniedResponse } = await client.check(asked, metadata);
    const answer = deniedResponse ?? {
      status: { code: status.code === 0 ? 200 : 0 },
      headers: okResponse?.headers ?? [],
      body: "",
    };
    const headers = Object.fromEntries(answer.headers.map(({ header }) => [header.key, [header.value]]));
    const removed = okResponse?.headersToRemove.includes("authorization") ? { authorization: [""] } : {};
    return saidBy(answer.status.code, { ...headers, ...removed }, answer.body);
  };
}

/** An application that asks for itself: the identity is in the JSON. */
export function byApi(port: number): Way["ask"] {
  return async ({
    method = ORIGINAL.method,
    target: uri = ORIGINAL.target,
    client: clientIp = CLIENT,
    lines = [],
    gatewaySecret = GATEWAY_SECRET,
  }) => {
    const { host, proto } = ORIGINAL;
    const headers: Record<string, string[]> = {};
    lines.forEach((name, i) => {
      if (i % 2 === 0) headers[name] = [...(headers[name] ?? []), lines[i + 1] ?? ""];
    });
    const caller = Buffer.from(`app:${gatewaySecret}`).toString("base64");
    const {
      status,
      headers: told,
      body,
    } = await rawRequest(
      { address: "127.0.0.1", port },
      ["POST /v1/verify HTTP/1.1", `Authorization: Basic ${caller}`],
      JSON.stringify({ method, uri, host, proto, clientIp, headers }),
    );
    return identified(saidBy(status, told, body));
  };
}

function identified(said: Said): Said {
  const { auth, access, user, token, assertion } = JSON.parse(said.body);
  if (said.status !== 200) return said;
  const named = user && {
    user: user.username,
    "user-id": user.id,
    groups: user.groups.join(","),
    "token-id": token.id,
    ...(assertion && { assertion }),
  };
  return { ...said, identity: { ...said.identity, auth, ...(named && { ...named, access }) } };
}

/** Every way to ask the verifier at this port; its gateways are those of `GATEWAYS`, with one secret. */
export const waysTo = (port: number, client: CheckClient): Way[] => [
  {
    ...{ name: "nginx", tellsHeaders: true, tellsAddressIn: "X-Real-IP" },
    ask: subRequest(port, "/v1/authz/nginx/nginx", ({ method, target, host, proto, client }) => [
      ...[`X-Original-Method: ${method}`, `X-Original-URI: ${target}`, `X-Original-Host: ${host}`],
      ...[`X-Original-Proto: ${proto}`, `X-Real-IP: ${client}`],
    ]),
  },
  {
    ...{ name: "forward", tellsHeaders: true, tellsAddressIn: "X-Forwarded-For" },
    ask: subRequest(port, "/v1/authz/forward/forward", ({ method, target, host, proto, client }) => [
      ...[`X-Forwarded-Method: ${method}`, `X-Forwarded-Uri: ${target}`, `X-Forwarded-Host: ${host}`],
      ...[`X-Forwarded-Proto: ${proto}`, `X-Forwarded-For: ${client}`],
    ]),
  },
  { name: "envoy by HTTP", tellsHeaders: true, tellsAddressIn: "X-Forwarded-For", ask: byHttp(port) },
  { name: "envoy by gRPC", tellsHeaders: true, tellsAddressIn: null, ask: byGrpc(client) },
  { name: "api", tellsHeaders: false, tellsAddressIn: null, ask: byApi(port) },
];
