import { Metadata } from "@grpc/grpc-js";
import { checkClient, checkRequest } from "../check-client";
import { type Dialed, grpcTo } from "./dialed";
import { type Arrived, type Lines, type Outgoing, passOn, replaced, valuesIn, without } from "./edge";
import { saysSo } from "./envoy-routes";

type Patterns = { patterns: { exact?: string; prefix?: string }[] };
type Named = { key: string; value: string };
type HttpService = {
  path_prefix: string;
  server_uri: { timeout: string };
  authorization_request: { headers_to_add: Named[] };
  authorization_response: { allowed_upstream_headers: Patterns; allowed_client_headers: Patterns };
};

/** The part of the ext_authz filter that is emulated. */
export type ExtAuthz = {
  failure_mode_allow: boolean;
  status_on_error: { code: "ServiceUnavailable" };
  allowed_headers?: Patterns;
  http_service?: HttpService;
  grpc_service?: { timeout: string; initial_metadata: Named[] };
};

/** Either headers for the request that goes on, or an answer to the client. */
export type Word = { readonly lines: Lines } | { readonly answered: Outgoing };

const isAmong = ({ patterns }: Patterns, name: string): boolean => patterns.some((pattern) => saysSo(pattern, name));
const milliseconds = (seconds: string): number => Number.parseFloat(seconds) * 1_000;
const FAILED: Word = { answered: { status: 503, lines: [], body: "" } };
/** Sent whatever is allowed (ext_authz.proto, `allowed_headers`). */
const ALWAYS = ["host", "authorization"];

/** Lines of one name as Envoy hands them on: one, with commas. */
const joined = (lines: Lines): Lines =>
  [...new Set(lines.map(([name]) => name))].map((name) => [name, valuesIn(lines, name).join(",")]);

/** The question by HTTP: 200 alone lets pass, 5xx and silence are an error, the rest goes to the client. */
export async function byHttp(authz: ExtAuthz, service: HttpService, to: Dialed, arrived: Arrived): Promise<Word> {
  const { allowed_headers: allowed = { patterns: [] } } = authz;
  const own: Lines = service.authorization_request.headers_to_add.map(({ key, value }) => [key, value]);
  const told = joined(arrived.lines).filter(([name]) => ALWAYS.includes(name) || isAmong(allowed, name));
  const lines = own.reduce((all, [name, value]) => replaced(all, name, value), [
    ...told,
    ["content-length", "0"],
  ] as Lines);
  const url = service.path_prefix + arrived.url;
  const limit = milliseconds(service.server_uri.timeout);
  const answer = await passOn(to, { method: arrived.method, url, lines }, Buffer.alloc(0), limit).catch(() => null);
  if (answer === null || answer.status >= 500) return FAILED;
  const { allowed_upstream_headers: upstream, allowed_client_headers: client } = service.authorization_response;
  if (answer.status !== 200)
    return { answered: { ...answer, lines: answer.lines.filter(([name]) => isAmong(client, name)) } };
  const set = answer.lines.filter(([name]) => isAmong(upstream, name));
  return { lines: set.reduce((all, [name, value]) => replaced(all, name, value), arrived.lines) };
}

/** The question by gRPC, with the library's real client. What is to be removed is removed after all is set. */
export async function byGrpc(
  service: NonNullable<ExtAuthz["grpc_service"]>,
  to: Dialed,
  arrived: Arrived,
): Promise<Word> {
  const metadata = new Metadata();
  for (const { key, value } of service.initial_metadata) metadata.add(key, value);
  const [host = ""] = valuesIn(arrived.lines, "host");
  const client = checkClient(...grpcTo(to));
  const asked = checkRequest(
    { method: arrived.method, path: arrived.url, host, scheme: "http" },
    arrived.lines.flat(),
    arrived.address,
  );
  const answer = await client.check(asked, metadata).catch(() => null);
  client.close();
  if (answer === null) return FAILED;
  const linesOf = (options: readonly { header: Named }[]): Lines =>
    options.map(({ header }) => [header.key, header.value]);
  if (answer.status.code === 0 && answer.okResponse) {
    const { headers, headersToRemove } = answer.okResponse;
    const set = linesOf(headers).reduce((all, [name, value]) => replaced(all, name, value), arrived.lines);
    return { lines: without(set, (name) => headersToRemove.includes(name)) };
  }
  if (!answer.deniedResponse) return { answered: { status: 403, lines: [], body: "" } };
  const { status, headers, body } = answer.deniedResponse;
  return { answered: { status: status.code, lines: linesOf(headers), body } };
}
