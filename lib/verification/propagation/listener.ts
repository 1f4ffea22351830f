import { KeptConnection } from "../facts/kept-connection";

const CONNECT_MS = 1_000;

/**
 * The connection that is told of changes, and is good for nothing else. LISTEN comes first and the pull after it,
 * so that nothing falls between them. A channel that tells nothing although things change is dropped.
 */
export class Listener {
  readonly #kept: KeptConnection;
  #heard = 0;
  /** How often the channel was dropped for being silent. */
  silent = 0;

  /** @param ring there may be something to pull */
  constructor(url: string, ring: () => void) {
    this.#kept = new KeptConnection({
      url,
      purpose: "listen",
      connectTimeoutMs: CONNECT_MS,
      onNotification: () => {
        this.#heard += 1;
        ring();
      },
      prepare: async (connection) => {
        await connection.query("LISTEN latchkey", [], CONNECT_MS);
      },
      onUp: () => {
        this.#heard += 1;
        ring();
      },
    });
  }

  start(): void {
    this.#kept.start();
  }

  async stop(): Promise<void> {
    await this.#kept.stop();
  }

  get isUp(): boolean {
    return this.#kept.current !== null;
  }

  /** Connections opened so far. */
  get opened(): number {
    return this.#kept.opened;
  }

  /** Grows with everything that was heard. */
  get heard(): number {
    return this.#heard;
  }

  /** Nobody announced what was found: the channel is cut somewhere, and only a new one will do. */
  drop(): void {
    this.silent += 1;
    this.#kept.current?.close();
  }
}
