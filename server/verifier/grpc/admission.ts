import type { Server, Socket } from "node:net";
import type { Log } from "#lib/log";

const MOST_CONNECTIONS = 500;
/** Of one address: Envoy opens one for each of its threads, and no host alone may keep all others out. */
const MOST_OF_ONE = 250;
/** A flood is one line in so long. */
const QUIET_MS = 10_000;

type Limits = { readonly all: number; readonly ofOne: number };

/** How many connections there may be, and who was sent away: a gateway that gets none refuses its requests. */
export class Admission {
  readonly #log: Pick<Log, "warn">;
  readonly #limits: Limits;
  readonly #open = new Map<string, number>();
  #all = 0;
  #refused = 0;
  #unsaid = 0;
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(log: Pick<Log, "warn">, limits: Limits = { all: MOST_CONNECTIONS, ofOne: MOST_OF_ONE }) {
    this.#log = log;
    this.#limits = limits;
  }

  /** Connections that were refused since the start. */
  get refused(): number {
    return this.#refused;
  }

  /**
   * Watches over the connections of a server; those it refuses are destroyed before anybody else sees them. Not by Node's
   * `maxConnections`: among workers that are all full, node:cluster would hand a connection around without end.
   */
  guard(server: Server): void {
    server.prependListener("connection", (socket: Socket) => this.#admit(socket));
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress; // undefined: a socket of this machine, or one that has gone
    const limitOf = this.#all >= this.#limits.all ? "all" : this.#openOf(address) >= this.#limits.ofOne ? "one" : null;
    if (limitOf !== null) {
      socket.destroy();
      this.#refuse(address, limitOf);
      return;
    }
    this.#count(address, 1);
    socket.once("close", () => this.#count(address, -1));
  }

  #openOf(address: string | undefined): number {
    return address === undefined ? 0 : (this.#open.get(address) ?? 0);
  }

  #count(address: string | undefined, change: 1 | -1): void {
    this.#all += change;
    if (address === undefined) return;
    const open = this.#openOf(address) + change;
    if (open === 0) this.#open.delete(address);
    else this.#open.set(address, open);
  }

  #refuse(address: string | undefined, limitOf: "all" | "one"): void {
    this.#refused += 1;
    this.#unsaid += 1;
    if (performance.now() - this.#saidAt < QUIET_MS) return;
    this.#saidAt = performance.now();
    const most = limitOf === "all" ? this.#limits.all : this.#limits.ofOne;
    this.#log.warn("grpc.connections_refused", { address, limitOf, most, refused: this.#unsaid });
    this.#unsaid = 0;
  }
}
