import type { Facts } from "#lib/verification/facts/facts";
import type { UndecidedCode } from "#lib/verification/reasons";
import type { Recorder } from "#lib/verification/recorder/recorder";
import type { Admission } from "./grpc/admission";
import type { Latency } from "./latency";
import type { Management } from "./management";
import { counter, exposition, gauge, histogram, type Metric } from "./metrics";
import type { SharedRates } from "./shared-rates";

/** One process that verifies, as far as its management looks at it. */
export type Managed = {
  readonly facts: Pick<Facts, "state" | "undecidable">;
  readonly recorder: Pick<Recorder, "counts" | "pending">;
  readonly shared: Pick<SharedRates, "state"> | null;
  readonly decided: ReadonlyMap<string, number>;
  readonly latency: Pick<Latency, "distribution">;
  readonly admission: Pick<Admission, "refused">;
  /** The process was told to end. */
  readonly isEnding: () => boolean;
};

/** Whether a process can decide everything, how far it has applied the changes, and how old its confirmation is. */
export type Standing = {
  readonly ready: boolean;
  /** Why not; null when it is ready. */
  readonly why: UndecidedCode | "ending" | "worker_away" | null;
  readonly applied: number;
  /** Milliseconds; null where it never was confirmed. */
  readonly confirmedMs: number | null;
};

export function standingOf({ facts, isEnding }: Managed): Standing {
  const why = isEnding() ? "ending" : facts.undecidable;
  const { applied, ageMs } = facts.state;
  return { ready: why === null, why, applied, confirmedMs: Number.isFinite(ageMs) ? Math.round(ageMs) : null };
}

/** The management of a verifier that is one process. */
export const managementOf = (managed: Managed): Management => ({
  readiness: async () => standingOf(managed),
  metrics: async () => exposition(metricsOf(managed)),
});

const NOT_SHARED = { isShared: false, shared: 0, alone: 0, lost: 0 };

/** All that is counted and measured of one process. */
export function metricsOf(managed: Managed): Metric[] {
  const { facts, recorder, shared, decided, latency, admission } = managed;
  const rates = shared?.state ?? NOT_SHARED;
  const { state } = facts;
  const { counts } = recorder;
  return [
    counter("decisions_total", "Verifications by reason.", decided),
    histogram("decision_seconds", "From a whole request to its answer.", latency.distribution),
    counter("grpc_connections_refused_total", "Connections of Envoy there was no room for.", admission.refused),
    gauge(
      "ready",
      "1 when everything can be decided, and the process was not told to end.",
      standingOf(managed).ready ? 1 : 0,
    ),
    gauge("confirmed_age_seconds", "Time since the database confirmed the facts and the lease.", state.ageMs / 1_000),
    gauge("confirmation_bound_seconds", "Beyond this age nothing is allowed.", state.boundMs / 1_000),
    gauge("applied_sequence", "Sequence of the last applied change.", state.applied),
    gauge("head_lag", "Changes that the last pull found.", state.lag),
    gauge(
      "database_behind",
      "1 while the database does not know all that was applied, here or by another verifier.",
      state.isWaiting ? 1 : 0,
    ),
    gauge(
      "clock_difference_seconds",
      "By how much this clock is ahead of the database's at the least; negative behind it.",
      state.clockAheadMs === null ? Number.NaN : state.clockAheadMs / 1_000,
    ),
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
  ];
}
