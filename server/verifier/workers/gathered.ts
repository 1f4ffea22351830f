import type { Management } from "../management";
import { counter, exposition, expositionOf, gauge } from "../metrics";
import type { Standing } from "../standing";
import type { State } from "./messages";

/** A worker as its management sees it. */
export type Looked = {
  readonly number: number;
  /** Null where it does not say: it is gone, or hangs. */
  readonly state: () => Promise<State | null>;
  readonly restarts: () => number;
};

const AWAY: Standing = { ready: false, why: "worker_away", applied: 0, confirmedMs: null };

/** Of all together: what the one says that is the farthest from ready. */
function gathered(standings: readonly Standing[]): Standing {
  const ages = standings.map(({ confirmedMs }) => confirmedMs ?? Number.POSITIVE_INFINITY);
  const oldest = Math.max(...ages);
  const why = standings.find((each) => !each.ready)?.why ?? null;
  return {
    ready: why === null,
    why,
    applied: Math.min(...standings.map(({ applied }) => applied)),
    confirmedMs: Number.isFinite(oldest) ? oldest : null,
  };
}

/**
 * The management of a verifier with several workers. It is ready when every worker is: nobody can say which of them gets
 * a request.
 * @param workers those begun so far
 * @param count how many there shall be
 */
export function managementOfAll(workers: readonly Looked[], count: number, isEnding: () => boolean): Management {
  const look = () => Promise.all(workers.map(async (each) => ({ each, state: await each.state() })));
  return {
    async readiness() {
      const of = (await look()).map(({ each, state }) => ({ worker: each.number, ...(state?.standing ?? AWAY) }));
      const all = gathered(of.length < count ? [...of, AWAY] : of);
      return { ...(isEnding() ? { ...all, ready: false, why: "ending" } : all), workers: of };
    },
    async metrics() {
      const said = (await look()).flatMap(({ each, state }) =>
        state ? [{ worker: each.number, metrics: state.metrics }] : [],
      );
      const restarts = workers.reduce((sum, each) => sum + each.restarts(), 0);
      const own = exposition([
        gauge("workers", "Workers that this verifier shall have.", count),
        gauge("workers_answering", "Workers that said how they are.", said.length),
        counter("worker_restarts_total", "Workers that died and were started again.", restarts),
        gauge("primary_resident_bytes", "Memory of the process that holds the workers.", process.memoryUsage.rss()),
      ]);
      return own + expositionOf(said);
    },
  };
}
