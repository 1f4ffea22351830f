import { request, type Server, type ServerResponse } from "node:http";
import { type Arrival, startRecorder, type Upstream } from "../upstreams/recorder";
import { ALLOW_TOKEN } from "../upstreams/scripted-verifier";

/** Stands between a gateway and a real verifier: sees each question, and can take the verifier away. */
export type Tap = Upstream & {
  /** While this runs everything is allowed, whoever asks: for what arrives then. */
  readonly allowing: (during: () => Promise<void>) => Promise<void>;
  /** While this runs nobody listens. */
  readonly away: (during: () => Promise<void>) => Promise<void>;
};

/** @param verifierPort where the real one listens, on the loopback */
export async function startTap(verifierPort: number): Promise<Tap> {
  let allows = false;
  const servers: Server[] = [];
  const upstream = await startRecorder(
    (arrival, response) => {
      if (!allows) return passOn(verifierPort, arrival, response);
      response.writeHead(ALLOW_TOKEN.status, { "Content-Length": "0", ...ALLOW_TOKEN.headers }).end();
    },
    (server) => servers.push(server),
  );
  return {
    ...upstream,
    async allowing(during) {
      allows = true;
      await during().finally(() => {
        allows = false;
      });
    },
    async away(during) {
      const [server] = servers;
      const closed = new Promise((resolve) => server?.close(resolve));
      server?.closeAllConnections();
      await closed;
      await during().finally(
        () => new Promise<void>((resolve) => server?.listen(upstream.port, "127.0.0.1", () => resolve())),
      );
    },
  };
}

function passOn(port: number, { method, url: path, headers }: Arrival, response: ServerResponse): void {
  const lines = Object.entries(headers).flatMap(([name, values]) => values.flatMap((value) => [name, value]));
  const asked = request({ host: "127.0.0.1", port, method, path, headers: lines, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  asked.end();
}
