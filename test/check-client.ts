import {
  type ChannelCredentials,
  credentials,
  Metadata,
  makeGenericClientConstructor,
  type ServiceError,
} from "@grpc/grpc-js";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { CheckResponse } from "#lib/verification/adapters/check-response";
import { AUTHORIZATION } from "#server/verifier/grpc/messages";
import { GATEWAY_SECRET } from "./plane";

/** What Envoy says in the metadata of a call. */
export const envoyMetadata = (some: Readonly<Record<string, string>> = {}): Metadata => {
  const metadata = new Metadata();
  const named = { "x-latchkey-gateway": "gw1", "x-latchkey-gateway-key": GATEWAY_SECRET, ...some };
  for (const [name, value] of Object.entries(named)) metadata.add(name, value);
  return metadata;
};

/** A question as Envoy asks it: of each header one value, by its name in lower case; lines of one name joined. */
export function checkRequest(
  http: { method?: string; path?: string; host?: string; scheme?: string },
  lines: readonly string[] = [],
  client = "192.0.2.7",
): CheckRequest {
  const headers: Record<string, string> = {};
  for (let i = 0; i < lines.length; i += 2) {
    const [name = "", value = ""] = [lines[i]?.toLowerCase(), lines[i + 1]];
    headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  const asked = { method: "GET", path: "/rest/api/2/myself", host: "jira.corp", scheme: "https", ...http };
  return {
    attributes: {
      source: { address: { socketAddress: { address: client } } },
      request: { http: { ...asked, headers } },
    },
  };
}

export type CheckClient = {
  /** Rejects with the error of the call. */
  readonly check: (request: CheckRequest, metadata?: Metadata, method?: string) => Promise<CheckResponse>;
  /** The same with bytes for a message. */
  readonly send: (bytes: Buffer, metadata?: Metadata) => Promise<Buffer>;
  readonly close: () => void;
};

const asIs = (bytes: Buffer): Buffer => bytes;

/** A real client of the library's. @param target `127.0.0.1:3003` or `unix:/path` */
export function checkClient(target: string, secured: ChannelCredentials = credentials.createInsecure()): CheckClient {
  const Client = makeGenericClientConstructor(AUTHORIZATION, "Authorization");
  const client = new Client(target, secured, { "grpc.max_receive_message_length": -1 });
  const call = <I, O>(
    path: string,
    write: (value: I) => Buffer,
    read: (bytes: Buffer) => O,
    value: I,
    with_: Metadata,
  ) =>
    new Promise<O>((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: O) =>
        answer === undefined ? reject(error ?? new Error("no answer")) : resolve(answer);
      client.makeUnaryRequest(path, write, read, value, with_, { deadline: Date.now() + 10_000 }, done);
    });
  const { path, requestSerialize, responseDeserialize } = AUTHORIZATION.Check;
  return {
    check: (request, metadata = envoyMetadata(), method = path) =>
      call(method, requestSerialize, responseDeserialize, request, metadata),
    send: (bytes, metadata = envoyMetadata()) => call(path, asIs, asIs, bytes, metadata),
    close: () => client.close(),
  };
}
