import { setTimeout as delay } from "node:timers/promises";
import { Connection, type ConnectionOptions } from "./connection";

/** Between two attempts to connect: short, so that the verifier is back within two seconds of the database's return. */
const PAUSE_MS = 200;

export type KeptOptions = ConnectionOptions & {
  /** Prepares each new connection before anybody uses it; throwing closes it. */
  readonly prepare?: (connection: Connection) => Promise<void>;
  readonly onUp?: (connection: Connection) => void;
  /** The connection was lost, or an attempt failed (then `error` says why). */
  readonly onDown?: (error: unknown) => void;
};

/** A connection that is opened again whenever it is lost, until it is stopped. Nobody waits for it. */
export class KeptConnection {
  readonly #options: KeptOptions;
  readonly #stop = new AbortController();
  #current: Connection | null = null;
  #running: Promise<void> = Promise.resolve();
  /** Connections opened so far. */
  opened = 0;

  constructor(options: KeptOptions) {
    this.#options = options;
  }

  /** The connection, if there is one at this moment. */
  get current(): Connection | null {
    return this.#current?.isOpen ? this.#current : null;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Closes at once and opens no more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#current?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const error = await this.#session();
      if (error === null) continue;
      this.#options.onDown?.(error);
      await delay(PAUSE_MS, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** One connection from its opening to its end; gives what was thrown while opening. */
  async #session(): Promise<unknown> {
    let connection: Connection;
    try {
      connection = await this.#open();
    } catch (thrown) {
      return thrown ?? new Error("could not connect");
    }
    if (this.#stop.signal.aborted) {
      connection.close();
      return null;
    }
    this.opened += 1;
    this.#current = connection;
    this.#options.onUp?.(connection);
    await connection.closed;
    this.#current = null;
    this.#options.onDown?.(null);
    return null;
  }

  async #open(): Promise<Connection> {
    const connection = await Connection.open(this.#options);
    try {
      await this.#options.prepare?.(connection);
      return connection;
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
  }
}
