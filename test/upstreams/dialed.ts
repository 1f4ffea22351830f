import { readFileSync } from "node:fs";
import { request as inClear, type RequestOptions } from "node:http";
import { request as byTls } from "node:https";
import { checkServerIdentity, type PeerCertificate } from "node:tls";
import { type ChannelCredentials, credentials } from "@grpc/grpc-js";

/** Where an emulation finds the verifier and how it speaks to it, as the lines of its configuration say. */
export type Dialed = {
  readonly at: { readonly host: string; readonly port: number } | { readonly socketPath: string };
  readonly tls: Tls | null;
};
type Tls = {
  readonly ca: Buffer;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  /** What the certificate must be for; null where nobody looks. */
  readonly name: string | null;
};

/** Files that a configuration names; a certificate of its own where it names one. */
export const tlsOf = (ca: string, name: string | null, cert?: string, key?: string): Tls => ({
  ...{ ca: readFileSync(ca), name },
  cert: cert === undefined ? null : readFileSync(cert),
  key: key === undefined ? null : readFileSync(key),
});

const identity =
  ({ name }: Tls) =>
  (_host: string, shown: PeerCertificate): Error | undefined =>
    name === null ? undefined : checkServerIdentity(name, shown);

/** A request to there, on a connection of its own. */
export function dial({ at, tls }: Dialed, options: RequestOptions) {
  const all = { ...options, ...at, agent: false };
  if (tls === null) return inClear(all);
  const { ca, cert, key } = tls;
  const own = cert === null || key === null ? {} : { cert, key };
  return byTls({ ...all, ...own, ca, servername: "", checkServerIdentity: identity(tls) });
}

/** For a client of the gRPC library. */
export function grpcTo({ at, tls }: Dialed): readonly [target: string, secured: ChannelCredentials] {
  const target = "socketPath" in at ? `unix:${at.socketPath}` : `${at.host}:${at.port}`;
  if (tls === null) return [target, credentials.createInsecure()];
  return [target, credentials.createSsl(tls.ca, tls.key, tls.cert, { checkServerIdentity: identity(tls) })];
}
