import { KeptConnection } from "../facts/kept-connection";
import { Doorbell } from "./doorbell";
import { removeLease } from "./lease";
import { Listener } from "./listener";
import { Puller, type PullerOptions } from "./puller";

const CONNECT_MS = 1_000;
export const PULL_EVERY_MS = 500;
/** An announcement may come a little after the change itself. */
const ANNOUNCED_WITHIN_MS = 300;

export type LoopOptions = PullerOptions & {
  readonly url: string;
  readonly onDown: (error: unknown) => void;
  readonly onUp: () => void;
  /** A round failed; its connection is dropped. */
  readonly onFailure: (error: unknown) => void;
};

/** Pulls whenever a change is announced, and every half second in case none was. */
export class PropagationLoop {
  readonly puller: Puller;
  readonly listener: Listener;
  readonly #options: LoopOptions;
  readonly #bell = new Doorbell();
  readonly #kept: KeptConnection;
  readonly #everyMs: number;
  #running: Promise<void> = Promise.resolve();
  #stopping = false;
  /** What the listener had heard when the pull before was sent. */
  #heard = -1;
  /** Something was found that nobody had announced until then. */
  #suspect: { readonly heard: number; readonly since: number } | null = null;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#everyMs = Math.min(PULL_EVERY_MS, (options.boundSeconds * 1_000) / 4);
    this.puller = new Puller(options);
    this.listener = new Listener(options.url, () => this.ring());
    this.#kept = new KeptConnection({
      url: options.url,
      purpose: "pull",
      connectTimeoutMs: CONNECT_MS,
      settings: { statement_timeout: "2000", jit: "off" },
      onUp: () => {
        options.onUp();
        this.ring();
      },
      onDown: options.onDown,
    });
  }

  /** Pull soon. */
  ring(): void {
    this.#bell.ring();
  }

  start(): void {
    this.listener.start();
    this.#kept.start();
    this.#running = this.#run();
  }

  /**
   * Ends the lease last: nobody may answer any more by then. One that says that the database does not know what we have
   * applied stays: nobody else may know it.
   */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.ring();
    await this.#running;
    const connection = this.#kept.current;
    if (connection && !this.puller.isWitness)
      await removeLease(connection, this.#options.identity()).catch(this.#options.onFailure);
    await Promise.all([this.#kept.stop(), this.listener.stop()]);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      await this.#bell.wait(this.#everyMs);
      if (!this.#stopping) await this.#round();
    }
  }

  async #round(): Promise<void> {
    const { confirmation, clock, onFailure } = this.#options;
    const connection = this.#kept.current;
    if (connection === null) return;
    this.#dropSilentListener();
    const before = this.#heard;
    this.#heard = this.listener.heard;
    try {
      const changed = await this.puller.round(connection);
      if (changed && before === this.listener.heard) this.#suspect ??= { heard: before, since: clock().mono };
      // After a first lease only a pull that is sent from now on counts.
      if (!confirmation.holds(clock()) && !this.puller.waits) this.ring();
    } catch (thrown) {
      connection.close();
      onFailure(thrown);
    }
  }

  #dropSilentListener(): void {
    if (this.#suspect === null) return;
    const { heard, since } = this.#suspect;
    if (heard !== this.listener.heard || !this.listener.isUp) this.#suspect = null;
    else if (this.#options.clock().mono - since > ANNOUNCED_WITHIN_MS) {
      this.#suspect = null;
      this.listener.drop();
    }
  }
}
