import { Socket } from "node:net";
import { Client } from "pg";
import { afterMs } from "./patience";

/** A statement that is prepared once on each connection. */
export type Statement = { readonly name: string; readonly text: string };

export type ConnectionOptions = {
  readonly url: string;
  /** Told to the database, so that its administrator sees who is connected. */
  readonly purpose: "pull" | "listen" | "load" | "record";
  readonly connectTimeoutMs: number;
  /** Session settings, as for `SET`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onNotification?: () => void;
};

/**
 * One connection to the database that never waits longer than it was told. A server that hangs fires none of its own
 * timeouts, so it is we who drop the connection: a query that is late closes it, and whoever holds it opens another.
 */
export class Connection {
  readonly #client: Client;
  readonly #socket: Socket;
  #open = true;
  /** Settles when the connection is no more, for whatever reason. */
  readonly closed: Promise<void>;

  private constructor(client: Client, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
    this.closed = new Promise((settle) => {
      const end = () => {
        this.#open = false;
        settle();
      };
      client.on("error", end);
      client.on("end", end);
      socket.on("close", end);
    });
  }

  /** Connects, or throws within `connectTimeoutMs`. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const socket = new Socket();
    const settings = Object.entries(options.settings ?? {}).map(([name, value]) => `-c ${name}=${value}`);
    const client = new Client({
      connectionString: options.url,
      connectionTimeoutMillis: options.connectTimeoutMs,
      application_name: `latchkey-verifier ${options.purpose}`,
      keepAlive: true,
      stream: () => socket,
      ...(settings.length > 0 ? { options: settings.join(" ") } : {}),
    });
    const { onNotification } = options;
    if (onNotification) client.on("notification", () => onNotification());
    const connection = new Connection(client, socket);
    try {
      await client.connect();
    } catch (thrown) {
      connection.close();
      throw thrown;
    }
    return connection;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Rows as arrays of what `pg` makes of the columns. Late means closed: the promise rejects and so will all further. */
  async query(statement: Statement | string, values: unknown[], timeoutMs: number): Promise<unknown[][]> {
    const cancel = afterMs(timeoutMs, () => this.close());
    try {
      const config = typeof statement === "string" ? { text: statement } : statement;
      const { rows } = await this.#client.query<unknown[], unknown[]>({ ...config, values, rowMode: "array" });
      return rows;
    } finally {
      cancel();
    }
  }

  /** At once: what is under way is lost. */
  close(): void {
    this.#open = false;
    this.#socket.destroy();
  }
}
