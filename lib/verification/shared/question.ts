import { eachMs } from "../rates";
import type { Demand, Verdict } from "./demand";

/** Of everything that we keep in Redis. */
const PREFIX = "latchkey:";

/** What is asked of Redis: which program, on which keys, with what. No key holds a secret or a name. */
export type RedisQuestion = {
  readonly script: "take" | "fail";
  readonly keys: readonly string[];
  readonly args: readonly string[];
};

/** Puts a demand into words for Redis. */
export function questionOf(demand: Demand): RedisQuestion {
  if (demand.kind === "failure") {
    const { name, limit } = demand;
    const keys = [`${PREFIX}failing:${name}`, `${PREFIX}window:${name}`];
    return { script: "fail", keys, args: [String(limit.burst), String(eachMs(limit))] };
  }
  return {
    script: "take",
    keys: demand.wanted.map(({ id }) => `${PREFIX}${demand.bucket}:${id}`),
    args: demand.wanted.flatMap(({ limit }) => [String(limit.burst), String(eachMs(limit))]),
  };
}

/** The question by which somebody knows that Redis answers, and that it writes: of a bucket that is never empty. */
export const PROBE: RedisQuestion = { script: "take", keys: [`${PREFIX}probe`], args: ["1000000", "1"] };

/**
 * Reads what Redis answered.
 * @throws where that is no answer to the question
 */
export function verdictOf(demand: Demand, reply: unknown): Verdict {
  const expected = demand.kind === "failure" ? 2 : demand.wanted.length;
  const numbers = Array.isArray(reply)
    ? reply.map((each) => (typeof each === "string" ? Number(each) : Number.NaN))
    : [];
  if (numbers.length !== expected || !numbers.every(Number.isFinite)) throw new Error("not an answer of ours");
  if (demand.kind === "requests") return { kind: "requests", leftMs: numbers };
  const [waitMs = 0, lengthMs = 0] = numbers;
  return { kind: "failure", waitMs: Math.max(0, waitMs), lengthMs };
}
