import { Confirmation, type Instant } from "#lib/verification/facts/confirmation";
import { epochOf } from "#lib/verification/facts/statements";
import { type Memory, Puller } from "#lib/verification/propagation/puller";

const TIMELINE = "0190d4a5-0000-7000-8000-0000000000e1@2026-11-22";
/** Of another epoch. */
export const OTHER = "0190d4a5-0000-7000-8000-0000000000e2@2026-11-23";

export type Kind = "token" | "user" | "installation" | "all" | "of a later version";
export type Broken = "pull" | "reload" | "lease" | null;

/** A database with a history, a memory that writes down what it is told, and clocks that stand until they are moved. */
export function pullerWorld(boundSeconds = 10) {
  const history: Kind[] = [];
  const told: string[] = [];
  const state = {
    timeline: TIMELINE,
    broken: null as Broken,
    keepsFrom: 0,
    made: true,
    answersAfterMs: 0,
    succeeds: false,
    isMissed: false,
    /** By how much the database's clock is ahead of ours. */
    clockAheadMs: 0,
  };
  const clock: Instant = { wall: 1_000_000, mono: 5_000 };
  const confirmation = new Confirmation(boundSeconds * 1_000);
  const asked: unknown[] = [];
  const pull = (applied: number) => {
    asked.push(applied);
    const rows = history.map((kind, at) => [at + 1, kind, `k${at + 1}`]).slice(Math.max(applied, state.keepsFrom));
    const markOf = (seq: number) => (seq === 0 ? null : `${epochOf(state.timeline)} ${seq}`);
    const marks = [markOf(history.length), markOf(Math.min(applied, history.length))];
    return [
      state.timeline,
      history.length,
      ...marks,
      JSON.stringify(rows),
      state.succeeds,
      state.isMissed,
      clock.wall + state.clockAheadMs,
    ];
  };
  const move = (ms: number, wallMs = ms) => {
    Object.assign(clock, { wall: clock.wall + wallMs, mono: clock.mono + ms });
  };
  const query = async (statement: { name: string } | string, values: unknown[]) => {
    const name = typeof statement === "string" ? null : statement.name;
    move(state.answersAfterMs);
    const isLease = name !== "latchkey_pull";
    if (state.broken === (isLease ? "lease" : "pull")) throw new Error("the database does not answer");
    if (!isLease) return [pull(Number(values[0]))];
    if (name !== "latchkey_write_lease") {
      if (values.length > 0) told.push("no lease");
      state.made = true;
      return [];
    }
    told.push(
      `lease ${values[2] === epochOf(state.timeline) ? "" : "elsewhere "}${values[3]}${values[5] === true ? ", and knows more" : ""}`,
    );
    const { made } = state;
    state.made = false;
    return [[made]];
  };
  const memory: Memory = {
    apply: ({ seq, kind }) => told.push(`apply ${kind} ${seq}`),
    flush: (seq) => told.push(`flush ${seq}`),
    restart: (timeline, seq) => told.push(`restart ${timeline === TIMELINE ? "" : "other "}${seq}`),
    reload: async (_connection, _timeline, seq) => {
      if (state.broken === "reload") throw new Error("the installation cannot be read");
      told.push(`reload ${seq}`);
    },
  };
  const identity = () => ({ name: "v1", run: "0190d4a5-0000-7000-8000-0000000000f1" });
  const onWait = (why: string) => told.push(`wait: ${why}`);
  const onClock = (differs: boolean, aheadMs: number) =>
    told.push(`clock ${differs ? "differs" : "agrees"}: ${aheadMs}`);
  const puller = new Puller({
    identity,
    boundSeconds,
    clock: () => ({ ...clock }),
    confirmation,
    memory,
    onWait,
    onClock,
  });
  const round = async () => {
    told.length = 0;
    // A connection, as far as a round knows one.
    const changed = await puller.round({ query } as never);
    return { changed, told: [...told] };
  };
  return { history, told, state, asked, confirmation, puller, move, round, now: () => clock };
}
