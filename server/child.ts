import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { log } from "#lib/log";
import type { ToChild, ToSupervisor } from "./ending";
import { projectFolder } from "./project";
import { StartFailure } from "./start-failure";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Who ran so long had not crashed at its start: the pauses begin anew. */
const STEADY_MS = 60_000;
const STOP_LIMIT_MS = 26_000;

export type Child = {
  /** What it listens on, by name, when it is ready; rejects with a StartFailure when it does not get so far. */
  readonly ready: Promise<Readonly<Record<string, string>>>;
  /** Ends it in order, and by force when it does not. */
  readonly stop: (lameDuckMs: number) => Promise<void>;
  readonly kill: () => void;
  /** How often it was started again. */
  readonly restarts: () => number;
};

/**
 * Starts a program of ours and, once it has been ready, keeps it running: when it dies it is started again, after pauses
 * that grow.
 * @param name in the log
 * @param launch starts it, anew each time
 */
export function keepRunning(name: string, launch: () => ChildProcess): Child {
  let running = launch();
  let restarts = 0;
  let ending = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;

  const watch = (startedAt: number) => {
    running.once("exit", (code, signal) => {
      if (ending) return;
      if (performance.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      log.error("child.died", { name, code, signal, restartInMs: pauseMs });
      timer = setTimeout(() => {
        running = launch();
        restarts += 1;
        onMessage(running, (message) => {
          if (message.kind === "failed") log.error("child.failed", { name, why: message.sentence });
        });
        watch(performance.now());
      }, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  const ready = firstReady(name, running).then((addresses) => {
    watch(performance.now());
    return addresses;
  });
  ready.catch(() => undefined); // whoever waits for it is told

  const kill = () => {
    ending = true;
    clearTimeout(timer);
    running.kill("SIGKILL");
  };
  const stop = async (lameDuckMs: number) => {
    ending = true;
    clearTimeout(timer);
    await stopped(running, lameDuckMs);
  };
  return { ready, kill, stop, restarts: () => restarts };
}

/** @param name of the program in dist @param env all of its environment */
export const program = (name: string, env: NodeJS.ProcessEnv) => (): ChildProcess =>
  fork(join(projectFolder(), "dist", `${name}.mjs`), { env, stdio: ["ignore", "inherit", "inherit", "ipc"] });

const isMessage = (message: unknown): message is ToSupervisor =>
  typeof message === "object" && message !== null && "kind" in message;

function onMessage(child: ChildProcess, hear: (message: ToSupervisor) => void): void {
  child.on("message", (message) => isMessage(message) && hear(message));
}

function firstReady(name: string, child: ChildProcess): Promise<Readonly<Record<string, string>>> {
  return new Promise((resolve, reject) => {
    let sentence = `The ${name} ended while it was starting: see its last lines above.`;
    onMessage(child, (message) => {
      if (message.kind === "ready") resolve(message.addresses);
      else if (message.kind === "failed") sentence = message.sentence;
    });
    child.once("exit", () => reject(new StartFailure(sentence)));
  });
}

async function stopped(child: ChildProcess, lameDuckMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop: ToChild = { kind: "stop", lameDuckMs };
  if (child.connected) child.send(stop, () => undefined);
  else child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_LIMIT_MS);
  await gone;
  clearTimeout(force);
}
