import { createLog } from "#lib/log";
import { openPlane, type Plane, type PlaneOptions } from "#server/verifier/plane";
import { waitUntil } from "#test/upstreams/wait-until";
import { rawRequest } from "./upstreams/raw-request";

export const GATEWAY_SECRET = "a gateway's secret";

export type TestPlane = {
  readonly plane: Plane;
  readonly port: number;
  readonly grpcPort: number;
  readonly managementPort: number;
  /** Lines of its log. */
  readonly lines: readonly string[];
  readonly stop: () => Promise<void>;
};

/** A verification data plane in this process, on ports of its own, that can decide. */
export async function startPlane(
  url: string,
  name: string,
  boundSeconds = 10,
  some: Partial<Pick<PlaneOptions, "certificate" | "verifier" | "wrapping" | "redisUrl">> = {},
): Promise<TestPlane> {
  const lines: string[] = [];
  const at = { bind: "127.0.0.1", port: 0 };
  const log = createLog("debug", { write: (line) => lines.push(line) }, Date.now);
  const plane = await openPlane({ url, name, boundSeconds, log, verifier: at, grpcPort: 0, management: at, ...some });
  await waitUntil("a plane that can decide", () => (plane.facts.undecidable === null ? true : undefined));
  let stopping: Promise<void> | undefined;
  return {
    ...{ plane, lines },
    port: Number(new URL(plane.addresses.verifier).port),
    grpcPort: Number(new URL(plane.addresses.grpc).port),
    managementPort: Number(new URL(plane.addresses.management ?? "").port),
    stop: () => {
      stopping ??= plane.stop(0);
      return stopping;
    },
  };
}

/** Header lines as gateways/nginx sends them; a value of null leaves the line out. */
export function asNginx(some: Readonly<Record<string, string | null>> = {}): string[] {
  const lines: Record<string, string | null> = {
    "X-Latchkey-Gateway-Key": GATEWAY_SECRET,
    "X-Original-Method": "GET",
    "X-Original-URI": "/rest/api/2/myself",
    "X-Original-Host": "jira.corp",
    "X-Original-Proto": "https",
    "X-Real-IP": "192.0.2.7",
    ...some,
  };
  return Object.entries(lines).flatMap(([line, value]) => (value === null ? [] : [`${line}: ${value}`]));
}

/** The first answer that decides something: a busy machine makes a 503 or two, and whoever asks asks again. */
export const decided = <Answer extends { readonly status: number }>(ask: () => Promise<Answer>): Promise<Answer> =>
  waitUntil("a decision", async () => {
    const answer = await ask();
    return answer.status === 503 ? undefined : answer;
  });

/** Asks as the gateway `gw1` does. @returns status, headers and body as they came */
export function askPlane(
  port: number,
  some: Readonly<Record<string, string | null>> = {},
  url = "/v1/authz/nginx/gw1",
) {
  return rawRequest({ address: "127.0.0.1", port }, [`GET ${url} HTTP/1.1`, ...asNginx(some)]);
}
