import type { Socket } from "node:net";
import { type Address, formatAddress, parseAddress } from "#lib/networks/address";
import { LastDigest } from "#lib/verification/last-digest";

/** Who is at the other end of a connection, and how that is written. `local`: on a unix socket. */
export type Peer = {
  readonly address: Address | "local" | null;
  readonly text: string;
};
/** The same with what is kept of its connection. */
export type KeptPeer = Peer & { readonly digests: LastDigest };

const LOCAL: Peer = { address: "local", text: "local" };
const UNKNOWN: Peer = { address: null, text: "" };

/**
 * Tells the other end of connections; reads it once for each, because it does not change.
 * @param onUnixSocket whether we listen on one: a connection without an address may also be one that is gone
 */
export function peerReader(onUnixSocket: boolean): (socket: Socket) => KeptPeer {
  const peers = new WeakMap<Socket, KeptPeer>();
  return (socket) => {
    let peer = peers.get(socket);
    if (peer === undefined) {
      peer = { ...(onUnixSocket ? LOCAL : readPeer(socket)), digests: new LastDigest() };
      peers.set(socket, peer);
    }
    return peer;
  };
}

function readPeer({ remoteAddress }: { readonly remoteAddress?: string | undefined }): Peer {
  const address = remoteAddress === undefined ? null : parseAddress(remoteAddress);
  return address === null ? UNKNOWN : { address, text: formatAddress(address) };
}

/**
 * Reads the other end of a gRPC call, which the library gives as text: address and port.
 * @param onUnixSocket whether we listen on one
 */
export function grpcPeerReader(onUnixSocket: boolean): (peer: string) => Peer {
  if (onUnixSocket) return () => LOCAL;
  return (peer) => readPeer({ remoteAddress: peer.slice(0, Math.max(0, peer.lastIndexOf(":"))) });
}
