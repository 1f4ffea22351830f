import { Duplex } from "node:stream";
import { ServerInterceptingCall, type ServerInterceptor } from "@grpc/grpc-js";

/** An answer takes 150 ms at most, so that who needs more than this for a question does not mean to end it. */
const CALL_MS = 10_000;

/**
 * Ends a call that is not over in time, whatever it has got so far. The library forgets a call that it has answered or
 * given up, but keeps its stream, and all that came on it, until the other side ends it. It shows nobody the stream:
 * where a later version has none, calls fail.
 */
export const endsInTime: ServerInterceptor = (_method, call) => {
  const stream: unknown = Reflect.get(call, "stream");
  if (!(stream instanceof Duplex)) throw new Error("a call without a stream");
  const limit = setTimeout(() => stream.destroy(), CALL_MS);
  stream.once("close", () => clearTimeout(limit));
  return new ServerInterceptingCall(call);
};
