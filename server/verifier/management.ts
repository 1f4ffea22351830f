import type { IncomingMessage, ServerResponse } from "node:http";
import { parseAddress } from "#lib/networks/address";
import type { Facts } from "#lib/verification/facts/facts";
import type { Recorder } from "#lib/verification/recorder/recorder";
import type { Admission } from "./grpc/admission";
import type { Latency } from "./latency";
import { counter, exposition, gauge, histogram } from "./metrics";
import type { SharedRates } from "./shared-rates";

export type Managed = {
  readonly facts: Facts;
  readonly recorder: Recorder;
  readonly shared: SharedRates | null;
  readonly decided: ReadonlyMap<string, number>;
  readonly latency: Latency;
  readonly admission: Pick<Admission, "refused">;
  /** The process was told to end. */
  readonly isEnding: () => boolean;
};

/** `localhost` or a literal address: a page elsewhere cannot make a browser send such a name for it (DNS rebinding). */
function isOwnHost(host: string | undefined): boolean {
  const name = (host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name.toLowerCase() === "localhost" || parseAddress(name) !== null;
}

/** Answers `/livez`, `/readyz` and `/metrics`, to GET and HEAD. Nothing here verifies anything. */
export function answerManagement(managed: Managed): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const { status, type, body } = reply(managed, request);
    const headers = { "Content-Type": type, "Content-Length": Buffer.byteLength(body), "Cache-Control": "no-store" };
    response.writeHead(status, headers).end(body);
  };
}

type Reply = { readonly status: number; readonly type: string; readonly body: string };

const json = (status: number, value: unknown): Reply => ({
  status,
  type: "application/json",
  body: `${JSON.stringify(value)}\n`,
});

function reply(managed: Managed, { method, url, headers }: IncomingMessage): Reply {
  if (!isOwnHost(headers.host)) return json(403, { error: "Ask by localhost or by the address itself." });
  if (method !== "GET" && method !== "HEAD") return json(405, { error: "GET or HEAD only." });
  if (url === "/livez") return json(200, { live: true });
  if (url === "/readyz") return readiness(managed);
  if (url === "/metrics")
    return { status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: metrics(managed) };
  return json(404, { error: "There are /livez, /readyz and /metrics." });
}

function readiness({ facts, isEnding }: Managed): Reply {
  const why = isEnding() ? "ending" : facts.undecidable;
  const confirmedMs = Number.isFinite(facts.state.ageMs) ? Math.round(facts.state.ageMs) : null;
  return json(why === null ? 200 : 503, { ready: why === null, why, applied: facts.state.applied, confirmedMs });
}

const NOT_SHARED = { isShared: false, shared: 0, alone: 0, lost: 0 };

function metrics({ facts, recorder, shared, decided, latency, admission }: Managed): string {
  const rates = shared?.state ?? NOT_SHARED;
  const { state } = facts;
  const { counts } = recorder;
  return exposition([
    counter("decisions_total", "Verifications by reason.", decided),
    histogram("decision_seconds", "From a whole request to its answer.", latency.distribution),
    counter("grpc_connections_refused_total", "Connections of Envoy there was no room for.", admission.refused),
    gauge("ready", "1 when everything can be decided.", facts.undecidable === null ? 1 : 0),
    gauge("confirmed_age_seconds", "Time since the database confirmed the facts and the lease.", state.ageMs / 1_000),
    gauge("applied_sequence", "Sequence of the last applied change.", state.applied),
    gauge("head_lag", "Changes that the last pull found.", state.lag),
    gauge("cached_tokens", "Tokens in memory.", state.tokens),
    gauge("cached_unknown", "Digests known to be unknown.", state.unknown),
    counter("cache_hits_total", "Tokens found in memory.", state.hits),
    counter("cache_misses_total", "Tokens that had to be looked up.", state.misses),
    counter("loads_total", "Queries that looked up tokens.", state.loads),
    counter("loaded_digests_total", "Digests looked up.", state.looked),
    counter("load_failures_total", "Look-up queries that failed or were late.", state.failed),
    gauge("waiting_requests", "Requests that wait for a look-up.", state.waiting),
    counter("pulls_total", "Pulls of changes.", state.pulls),
    counter("changes_total", "Changes applied.", state.changes),
    counter("flushes_total", "Times everything was forgotten because changes were missing.", state.flushes),
    counter("timelines_total", "Times another database or server was met.", state.restarts),
    counter("leases_total", "Leases written.", state.leases),
    counter("listens_total", "Connections made to hear of changes.", state.listens),
    counter("silent_listens_total", "Such connections that told nothing and were dropped.", state.silent),
    gauge("recorder_pending", "Entries that wait to be recorded.", recorder.pending),
    counter("recorder_batches_total", "Batches recorded.", counts.batches),
    counter("recorder_failures_total", "Attempts to record that failed.", counts.failed),
    counter("recorder_dropped_total", "Details there was no room for.", counts.dropped),
    counter("recorder_lost_total", "Verifications whose count was lost.", counts.lost),
    gauge("rates_shared", "1 when verifiers share what they count.", rates.isShared ? 1 : 0),
    counter("rates_shared_total", "Limited requests and failures that were counted together.", rates.shared),
    counter("rates_alone_total", "The same, counted alone although REDIS_URL is set.", rates.alone),
    counter("rates_lost_total", "Times Redis was lost.", rates.lost),
    gauge("start_time_seconds", "When the process began, seconds since 1970.", performance.timeOrigin / 1_000),
    gauge("resident_bytes", "Memory of the process.", process.memoryUsage.rss()),
  ]);
}
