import type { Http2Session, ServerHttp2Stream } from "node:http2";
import { Duplex } from "node:stream";
import {
  type Metadata,
  ResponderBuilder,
  ServerInterceptingCall,
  type ServerInterceptor,
  ServerListenerBuilder,
  status,
} from "@grpc/grpc-js";

/** An answer takes 150 ms at most, so that who needs more than this for a question does not mean to end it. */
const CALL_MS = 10_000;
/** As much as others who speak gRPC take. HTTP/2 lets a line that was said once be said again by one byte. */
const METADATA_LIMIT_BYTES = 16 * 1024;
/** Calls on one connection that come to nothing, in so long: beyond as many the library hears no more of it, but keeps it. */
const MOST_IN_VAIN = 1_000;
const IN_VAIN_MS = 10_000;

const isStream = (value: unknown): value is ServerHttp2Stream => value instanceof Duplex && "session" in value;

const inVain = new WeakMap<Http2Session, { readonly since: number; calls: number }>();

/** Ends a connection on which call after call is taken back before it is answered, or is none. */
function noteInVain(session: Http2Session): void {
  const now = performance.now();
  const before = inVain.get(session);
  const counted = before === undefined || now - before.since > IN_VAIN_MS ? { since: now, calls: 0 } : before;
  counted.calls += 1;
  inVain.set(session, counted);
  if (counted.calls >= MOST_IN_VAIN) session.destroy();
}

function bytesOf(metadata: Metadata): number {
  let bytes = 0;
  for (const [name, values] of Object.entries(metadata.toJSON()))
    for (const value of values) bytes += name.length + value.length;
  return bytes;
}

/**
 * Ends a call that is not over in time, whatever it has got so far, and one that says more of itself than anybody needs.
 * The library forgets a call that it has answered or given up, but keeps its stream, and all that came on it, until the
 * other side ends it. It shows nobody the stream: where a later version has none, calls fail.
 */
export const bounded: ServerInterceptor = (_method, call) => {
  const stream: unknown = Reflect.get(call, "stream");
  if (!isStream(stream)) throw new Error("a call without a stream");
  const { session } = stream;
  const limit = setTimeout(() => stream.destroy(), CALL_MS);
  stream.once("close", () => {
    clearTimeout(limit);
    if (stream.aborted && session !== undefined) noteInVain(session);
  });
  const listener = new ServerListenerBuilder().withOnReceiveMetadata((metadata, next) => {
    if (bytesOf(metadata) <= METADATA_LIMIT_BYTES) {
      next(metadata);
      return;
    }
    call.sendStatus({ code: status.RESOURCE_EXHAUSTED, details: "more metadata than is read" });
    setImmediate(() => stream.destroy());
  });
  return new ServerInterceptingCall(call, new ResponderBuilder().withStart((next) => next(listener.build())).build());
};
