import { type handleUnaryCall, Server, ServerCredentials } from "@grpc/grpc-js";
import type { CheckRequest } from "#lib/verification/adapters/check-request";
import type { CheckResponse } from "#lib/verification/adapters/check-response";
import { AUTHORIZATION } from "#server/verifier/grpc/messages";
import { checkClient } from "../check-client";
import type { Arrival } from "../upstreams/recorder";
import { ALLOW_TOKEN } from "../upstreams/scripted-verifier";
import type { Tap } from "./tap";

const ALLOWED: CheckResponse = {
  status: { code: 0 },
  okResponse: {
    headers: Object.entries(ALLOW_TOKEN.headers).map(([name, value]) => ({
      ...{ header: { key: name.toLowerCase(), value }, appendAction: 2, keepEmptyValue: true },
    })),
    headersToRemove: ["authorization", "x-api-token"],
  },
};

/** What `startTap` is, for a gateway that asks by gRPC. @param verifierPort where the real one listens for that */
export async function startGrpcTap(verifierPort: number): Promise<Tap> {
  const client = checkClient(`127.0.0.1:${verifierPort}`);
  const arrivals: Arrival[] = [];
  let [taken, allows] = [0, false];
  const check: handleUnaryCall<CheckRequest, CheckResponse> = ({ request, metadata }, done) => {
    const { method = "", path: url = "" } = request.attributes?.request?.http ?? {};
    arrivals.push({ method, url, headers: {}, body: "", trailers: [] });
    if (allows) return done(null, ALLOWED);
    client.check(request, metadata).then((answer) => done(null, answer), done);
  };
  const listen = async (port: number) => {
    const server = new Server();
    server.addService(AUTHORIZATION, { Check: check });
    const bound = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
        error ? reject(error) : resolve(at),
      ),
    );
    return { server, port: bound };
  };
  let at = await listen(0);
  return {
    port: at.port,
    arrivals,
    take() {
      const fresh = arrivals.slice(taken);
      taken = arrivals.length;
      return fresh;
    },
    async allowing(during) {
      allows = true;
      await during().finally(() => {
        allows = false;
      });
    },
    async away(during) {
      at.server.forceShutdown();
      await during().finally(async () => {
        at = await listen(at.port);
      });
    },
    async stop() {
      at.server.forceShutdown();
      client.close();
    },
  };
}
