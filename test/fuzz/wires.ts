import fc from "fast-check";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { OriginalRequest } from "#lib/verification/request";
import { checkRequest } from "#test/check-client";
import { GATEWAY_SECRET } from "#test/plane";
import { nasty } from "./grammar";
import type { Wire } from "./shapes";

/** Bytes for a verifier: header lines as they are written, and a body. */
export type Asked = { readonly lines: readonly string[]; readonly body: string };

const KEY = `X-Latchkey-Gateway-Key: ${GATEWAY_SECRET}`;
const linesOf = (headers: readonly string[]): string[] =>
  headers.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${headers[i + 1] ?? ""}`] : []));

export type Named = Readonly<Record<"method" | "uri" | "host" | "proto" | "address", string>>;

const told = (names: Named, { method, target, host, proto, clientAddress }: OriginalRequest): string[] => [
  ...[`${names.method}: ${method}`, `${names.uri}: ${target}`, `${names.host}: ${host}`],
  ...[`${names.proto}: ${proto}`, `${names.address}: ${clientAddress}`],
];

export const NGINX: Named = {
  ...{ method: "X-Original-Method", uri: "X-Original-URI", host: "X-Original-Host" },
  ...{ proto: "X-Original-Proto", address: "X-Real-IP" },
};
export const FORWARD: Named = {
  ...{ method: "X-Forwarded-Method", uri: "X-Forwarded-Uri", host: "X-Forwarded-Host" },
  ...{ proto: "X-Forwarded-Proto", address: "X-Forwarded-For" },
};

function bodyOf({ method, target: uri, host, proto, clientAddress: clientIp, headers: lines }: OriginalRequest) {
  const headers: Record<string, string[]> = {};
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i] ?? "";
    headers[name] = [...(Object.hasOwn(headers, name) ? (headers[name] ?? []) : []), lines[i + 1] ?? ""];
  }
  return { method, uri, host, proto, clientIp, headers };
}

const asked = (lines: readonly string[], body = ""): Asked => ({ lines, body });
const trimmed = (text: string): string => text.replace(/^[ \t]+|[ \t]+$/g, "");

/** What of a request a header can carry: nobody sees the spaces around its value (RFC 9110 §5.5). */
export function inHeaders(about: OriginalRequest): OriginalRequest {
  const { method, target, host, proto, clientAddress, headers } = about;
  const [a, b, c, d, e] = [method, target, host, proto, clientAddress].map(trimmed);
  return { ...{ method: a ?? "", target: b ?? "", host: c ?? "", proto: d ?? "", clientAddress: e ?? "" }, headers };
}

const caller = (key: string): string =>
  `Authorization: Basic ${Buffer.from(`${key}:${GATEWAY_SECRET}`).toString("base64")}`;

/** A request asked about over each wire, as the gateway there would; introspection knows of no request, only of a token. */
export const ASK: Readonly<Record<Wire, (about: OriginalRequest, gateway?: string) => Asked>> = {
  nginx: (about) => asked(["GET /v1/authz/nginx/gw1 HTTP/1.1", KEY, ...told(NGINX, about), ...linesOf(about.headers)]),
  forward: (about, gateway = "fwd") =>
    asked([`GET /v1/authz/forward/${gateway}?x=y HTTP/1.1`, KEY, ...told(FORWARD, about), ...linesOf(about.headers)]),
  envoy: (about, gateway = "envoy") =>
    asked([
      ...[`${about.method} /v1/authz/envoy/${gateway}${about.target} HTTP/1.1`, `Host: ${about.host}`, KEY],
      ...[`X-Forwarded-Proto: ${about.proto}`, `X-Forwarded-For: ${about.clientAddress}`, ...linesOf(about.headers)],
    ]),
  verify: (about) =>
    asked(["POST /v1/verify HTTP/1.1", "Content-Type: application/json", caller("api")], JSON.stringify(bodyOf(about))),
  introspect: ({ headers }) =>
    asked(
      ["POST /oauth2/introspect HTTP/1.1", "Content-Type: application/x-www-form-urlencoded", caller("api")],
      `token=${encodeURIComponent(Buffer.from(headers[1]?.split(" ").at(-1) ?? "").toString())}`,
    ),
};

/** A list of addresses in as many lines as it has entries: one list all the same (RFC 9110 §5.3). */
export const inManyLines = ({ lines, body }: Asked): Asked => ({
  lines: lines.flatMap((line) => {
    const [name = "", said] = line.split(": ");
    return name === FORWARD.address && said !== undefined ? said.split(",").map((each) => `${name}: ${each}`) : [line];
  }),
  body,
});

/** The same by gRPC: lines joined as Envoy joins them, or as they came. */
export function checkOf(
  { method, target, host, proto, clientAddress, headers }: OriginalRequest,
  isRaw: boolean,
): CheckRequest {
  const http = { method, path: target, host, scheme: proto };
  const request = checkRequest(http, isRaw ? [] : headers, clientAddress);
  if (!isRaw) return request;
  const encoded = headers.flatMap((key, i) =>
    i % 2 === 0 ? [{ key, rawValue: Buffer.from(headers[i + 1] ?? "", "latin1") }] : [],
  );
  return { attributes: { ...request.attributes, request: { http: { ...http, headerMap: { headers: encoded } } } } };
}

type Change = (asked: Asked) => Asked;

const lineChange = fc.tuple(fc.nat({ max: 12 }), fc.constantFrom("drop", "double", "again", "case", "last"), nasty).map(
  ([at, how, what]): Change =>
    ({ lines, body }) => {
      const i = 1 + (at % (lines.length - 1));
      const line = lines[i] ?? "";
      const others = [...lines.slice(0, i), ...lines.slice(i + 1)];
      if (how === "drop") return { lines: others, body };
      if (how === "double") return { lines: [...lines, line], body };
      if (how === "again") return { lines: [...lines, `${line.split(":")[0]}: ${what}`], body };
      return {
        lines:
          how === "case" ? [...others, line.toUpperCase()] : [...lines.slice(0, i), line + what, ...lines.slice(i + 1)],
        body,
      };
    },
);
const anyBody = fc.oneof(
  ...[
    nasty,
    fc.json({ maxDepth: 3 }),
    fc.constantFrom("[".repeat(30_000), '{"a":'.repeat(9_000), "{}", "[]", "null", "token=x&token=y"),
  ],
  ...[
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.constantFrom("x".repeat(66_000), "token=", "token=%zz", "token=%00", "&&&token=+"),
  ],
);
const bodyChange = fc.tuple(anyBody, fc.nat({ max: 200 }), fc.boolean()).map(
  ([what, at, whole]): Change =>
    ({ lines, body }) => ({ lines, body: body === "" ? "" : whole ? what : body.slice(0, at) + what + body.slice(at) }),
);

/** What may happen to a question on its way: mostly nothing. */
export const anyChange: fc.Arbitrary<Change | null> = fc.option(fc.oneof(lineChange, bodyChange), { freq: 2 });
