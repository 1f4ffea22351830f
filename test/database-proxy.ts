import { connect, createServer, type Server, type Socket } from "node:net";
import { Gate, Way } from "./one-way";

/** Whose connections, by the application name: a verifier's for one purpose, the portal's and the command line's, or all. */
export type Purpose = "pull" | "listen" | "load" | "record" | "portal" | "all";

const NAME = /application_name\0latchkey-(?:verifier )?(\w+)\0/;

type LastWord = {
  readonly word: string;
  readonly isSent: boolean;
  readonly then: () => unknown;
  readonly how: "closed" | "reset";
};

type Pair = { readonly client: Socket; readonly server: Socket; readonly answers: Way; purpose: string };

/**
 * Stands between a verifier and its database and makes trouble: black holes, cut lines, closed doors. What hangs is
 * accepted and never answered, as by a machine that is stopped or a firewall that forgets.
 */
export class DatabaseProxy {
  readonly #pairs = new Set<Pair>();
  readonly #hung = new Set<string>();
  readonly #delays = new Map<string, number>();
  readonly #withheld = new Map<string, Gate>();
  #stopWord: { readonly word: string; readonly said: Gate } | null = null;
  #stopped = new Gate();
  #lastWord: LastWord | null = null;
  readonly #to: URL;
  #server: Server;
  #port = 0;

  private constructor(to: URL) {
    this.#to = to;
    this.#server = createServer((client) => this.#accept(client));
  }

  static async open(url: string): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(new URL(url));
    await proxy.accept();
    return proxy;
  }

  /** The database's URL by way of the proxy. */
  get url(): string {
    const url = new URL(this.#to);
    url.host = `127.0.0.1:${this.#port}`;
    return url.href;
  }

  /** Connections that are open now. */
  count(purpose: Purpose): number {
    return [...this.#pairs].filter((pair) => this.#concerns(purpose, pair)).length;
  }

  /** Nothing goes through any more, in either direction; new connections neither. */
  hang(purpose: Purpose): void {
    this.#hung.add(purpose);
    for (const pair of this.#pairs) if (this.#concerns(purpose, pair)) this.#pause(pair);
  }

  /** The database hears and does what it is told, and nobody hears its answers until all goes on. */
  withhold(purpose: Purpose): void {
    this.#withheld.set(purpose, new Gate());
  }

  /** Connections with answers that nobody has heard yet. */
  unheard(purpose: Purpose): number {
    return [...this.#pairs].filter((pair) => this.#concerns(purpose, pair) && pair.answers.waiting > 0).length;
  }

  /**
   * The next connection that says this word (`COMMIT`) is not heard until all goes on. One at a time.
   * @returns when it was said
   */
  stopAt(word: string): Promise<void> {
    const said = new Gate();
    this.#stopWord = { word, said };
    return said.opened;
  }

  /** Everything goes on where it was. */
  resume(): void {
    this.#hung.clear();
    for (const gate of this.#withheld.values()) gate.open();
    this.#withheld.clear();
    this.#stopped.open();
    this.#stopped = new Gate();
    for (const { client, server } of this.#pairs) {
      client.resume();
      server.resume();
    }
  }

  /** Whatever is said takes so much longer, in each direction; 0 for none. */
  slow(ms: number, purpose: Purpose = "all"): void {
    if (ms === 0) this.#delays.delete(purpose);
    else this.#delays.set(purpose, ms);
  }

  /**
   * The next connection that says this word (`COMMIT`) is cut there.
   * @param isSent whether the database still gets to hear it: then it is done, and nobody is told
   * @param then what else happens at that moment
   * @param how whether whoever said it sees the connection closed, or reset as by a machine that is gone
   */
  cutAt(word: string, isSent: boolean, then: () => unknown = () => undefined, how: LastWord["how"] = "closed"): void {
    this.#lastWord = { word, isSent, then, how };
  }

  /** Ends connections; new ones are welcome. */
  cut(purpose: Purpose): void {
    for (const pair of this.#pairs) {
      if (!this.#concerns(purpose, pair)) continue;
      pair.client.destroy();
      pair.server.destroy();
    }
  }

  /** As when the server is stopped: connections end, new ones are refused. */
  async refuse(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.cut("all");
    await closed;
  }

  /** Listens, at the same port as before. */
  async accept(): Promise<void> {
    this.#server = createServer((client) => this.#accept(client));
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    const address = this.#server.address();
    this.#port = typeof address === "object" && address ? address.port : 0;
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.refuse();
  }

  #concerns(purpose: Purpose, pair: Pair): boolean {
    return purpose === "all" || pair.purpose === purpose;
  }

  #isHung(pair: Pair): boolean {
    return this.#hung.has("all") || this.#hung.has(pair.purpose);
  }

  #pause({ client, server }: Pair): void {
    client.pause();
    server.pause();
  }

  /** When what is said now may arrive; null for at once. */
  #delayOf(pair: Pair): Promise<void> | null {
    const ms = this.#delays.get(pair.purpose) ?? this.#delays.get("all") ?? 0;
    if (ms === 0) return null;
    const gate = new Gate();
    setTimeout(() => gate.open(), ms);
    return gate.opened;
  }

  #answer(pair: Pair, data: Buffer): void {
    const gate = this.#withheld.get(pair.purpose) ?? this.#withheld.get("all");
    pair.answers.pass(data, gate?.opened ?? this.#delayOf(pair));
  }

  #tell(pair: Pair, questions: Way, data: Buffer): void {
    const stop = this.#stopWord;
    if (stop !== null && data.includes(stop.word)) {
      this.#stopWord = null;
      questions.pass(data, this.#stopped.opened);
      stop.said.open();
      return;
    }
    const last = this.#lastWord;
    if (last === null || !data.includes(last.word)) questions.pass(data, this.#delayOf(pair));
    else this.#end(pair, last, data);
  }

  #end({ client, server }: Pair, last: LastWord, data: Buffer): void {
    this.#lastWord = null;
    if (last.how === "reset") client.resetAndDestroy();
    else client.destroy();
    if (last.isSent) server.end(data);
    else server.destroy();
    last.then();
  }

  #accept(client: Socket): void {
    const server = connect(Number(this.#to.port), this.#to.hostname);
    const pair: Pair = { client, server, answers: new Way(client), purpose: "" };
    const questions = new Way(server);
    this.#pairs.add(pair);
    const gone = () => {
      this.#pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on("error", () => undefined).on("close", gone);
    // The first packet is the start-up message, in which the application says who it is.
    client.once("data", (first) => {
      pair.purpose = NAME.exec(first.toString("latin1"))?.[1] ?? "";
      server.write(first);
      client.on("data", (data) => this.#tell(pair, questions, data));
      server.on("data", (data) => this.#answer(pair, data));
      if (this.#isHung(pair)) this.#pause(pair);
    });
    if (this.#hung.has("all")) client.pause();
  }
}
