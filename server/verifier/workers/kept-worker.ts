import type { ChildProcess } from "node:child_process";
import cluster from "node:cluster";
import { log } from "#lib/log";
import { type Child, keepRunning } from "#server/child";
import type { Looked } from "./gathered";
import { isAnswer, type Question, type State } from "./messages";
import { numbered } from "./number";
import { ASK_EVERY_MS, Silence } from "./silence";

/** Who has not said by then how it is hangs, or has so much to do that it may as well count as gone. */
const ANSWER_MS = 500;

export type KeptWorker = Child & Looked & { readonly signal: (signal: NodeJS.Signals) => void };

/**
 * A worker that is started again when it dies, and killed when it hangs: connections dealt to it would wait for ever.
 * @param number from 1
 * @param env what it is told besides the environment of this process
 */
export function keepWorker(number: number, env: Readonly<Record<string, string>>): KeptWorker {
  let current: ChildProcess | undefined;
  let asked = 0;
  let silence = new Silence();
  const waiting = new Map<number, (state: State | null) => void>();

  const child = keepRunning(`verifier/${number}`, () => {
    const worker = cluster.fork({ ...env, ...numbered(number) });
    const own = new Silence();
    silence = own;
    worker.on("message", (message) => {
      own.broken();
      if (isAnswer(message)) waiting.get(message.id)?.(message.state);
    });
    current = worker.process;
    return worker.process;
  });

  const state = () =>
    new Promise<State | null>((resolve) => {
      asked += 1;
      const question: Question = { kind: "how", id: asked };
      const settle = (said: State | null) => {
        clearTimeout(timer);
        waiting.delete(question.id);
        resolve(said);
      };
      const timer = setTimeout(settle, ANSWER_MS, null);
      waiting.set(question.id, settle);
      if (current?.connected) current.send(question, (error) => error && settle(null));
      else settle(null);
    });
  const looking = setInterval(() => {
    if (!current?.connected) return; // gone, or going
    if (silence.asked()) {
      log.error("verifier.worker_hangs", { worker: number });
      current.kill("SIGKILL");
    } else void state();
  }, ASK_EVERY_MS);
  return {
    ...{ ...child, number, state, signal: (signal) => void current?.kill(signal) },
    stop(lameDuckMs) {
      clearInterval(looking);
      return child.stop(lameDuckMs);
    },
    kill() {
      clearInterval(looking);
      child.kill();
    },
  };
}
