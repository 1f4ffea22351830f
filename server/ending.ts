import { log } from "#lib/log";

/** What a supervisor says to its children, and they to it. */
export type ToChild = { readonly kind: "stop"; readonly lameDuckMs: number };
export type ToSupervisor =
  | { readonly kind: "ready"; readonly addresses: Readonly<Record<string, string>> }
  | { readonly kind: "failed"; readonly sentence: string };

/** How long a process that was told to end still answers, so that whoever balances load can turn away. */
export const LAME_DUCK_MS = 5_000;

/** After this the process ends, whatever still hangs. */
const LIMIT_MS = 25_000;

/** Ctrl-C comes twice under npm: from the terminal, and again from npm. */
const ECHO_MS = 500;

const supervised = (): boolean => process.send !== undefined;

/** Tells the supervisor, if there is one. */
export function tell(message: ToSupervisor): void {
  process.send?.(message);
}

const isStop = (message: unknown): message is ToChild =>
  typeof message === "object" && message !== null && "kind" in message && message.kind === "stop";

type Ways = {
  /** Gets the length of the lame duck; the process exits with status 0 when it is done. */
  readonly stop: (lameDuckMs: number) => Promise<void>;
  /** When told a second time: what must not be left behind. */
  readonly atOnce?: () => void;
  readonly limitMs?: number;
};

/**
 * Ends the process in order, once, when it is told to: by SIGTERM with a lame duck, by Ctrl-C at once, by the
 * supervisor as it says, and when the supervisor is gone. Being told a second time ends it without waiting.
 * Under a supervisor Ctrl-C is for the supervisor: the terminal sends it to everybody.
 */
export function endInOrder({ stop, atOnce, limitMs = LIMIT_MS }: Ways): void {
  let toldAt: number | undefined;
  const end = (lameDuckMs: number) => {
    if (toldAt !== undefined) {
      if (performance.now() - toldAt < ECHO_MS) return;
      atOnce?.();
      process.exit(130);
    }
    toldAt = performance.now();
    setTimeout(() => {
      atOnce?.();
      process.exit(0);
    }, limitMs).unref();
    stop(lameDuckMs).then(
      () => process.exit(), // 0, unless the start had failed
      (error: unknown) => {
        log.error("end.unexpected", { error });
        process.exit(1);
      },
    );
  };
  if (supervised()) {
    process.on("message", (message) => isStop(message) && end(message.lameDuckMs));
    process.once("disconnect", () => toldAt ?? end(0));
    process.on("SIGINT", () => undefined);
  } else {
    process.on("SIGINT", () => end(0));
  }
  process.on("SIGTERM", () => end(LAME_DUCK_MS));
}
