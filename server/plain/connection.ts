import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { headOf } from "./answer";
import type { KnownLines } from "./known-lines";
import type { Outbox } from "./outbox";
import { hearFirst } from "./pieces";
import { type PlainRequest, readPlain } from "./request";
import type { SaidLines } from "./said-lines";

const [LF, CR] = [10, 13];
const CLOSES = "Connection: close\r\n\r\n";

/** How one request is answered, once, at once or later. */
export type Reply = {
  /**
   * Throws, and has said nothing, where a header cannot be sent or the request was answered before.
   * @param headers name, value, … with `Content-Length`
   */
  readonly send: (status: number, headers: readonly string[], body: string) => void;
  readonly destroy: () => void;
};

/** A reply that can be given once, on the connection on which it was asked for. */
class OneReply implements Reply {
  readonly #connection: PlainConnection;

  constructor(connection: PlainConnection) {
    this.#connection = connection;
  }
  send(status: number, headers: readonly string[], body: string): void {
    this.#connection.answer(this, status, headers, body);
  }
  destroy(): void {
    this.#connection.destroy();
  }
}

export type PlainHandler = (request: PlainRequest, socket: Socket, reply: Reply) => boolean;

export type PlainOptions = {
  /** @returns false where the request is not for it, and it has not answered */
  readonly handle: PlainHandler;
  /** Takes the connection over, whatever comes next on it. */
  readonly handOver: (socket: Socket) => void;
  /** Nobody shall go on with a connection. */
  readonly isEnding: () => boolean;
  /** What may lie between two requests. */
  readonly keepAliveMs: number;
  /** Counts the turns by which silence is measured. */
  readonly silence: { readonly turn: number };
  /** Nothing has come at all, for as long as the first request may take. */
  readonly tooLate: (socket: Socket) => void;
  readonly closed: (connection: PlainConnection) => void;
  /** What gateways have said before. */
  readonly known: KnownLines;
  /** What they were told before. */
  readonly said: SaidLines;
  /** Says when an answer is to be written. */
  readonly outbox: Outbox;
};

/**
 * A connection on which plain requests come one after the other, each answered before the next. With the first that is
 * anything else it is handed over with all that has come, and never comes back.
 */
export class PlainConnection {
  readonly #socket: Socket;
  readonly #options: PlainOptions;
  readonly #stays: string;
  readonly #hearNoMore: () => void;
  /** Who waits for an answer; what was answered can never be answered again, nor in place of another. */
  #asked: Reply | null = null;
  /** An answer that is not written yet. */
  #unwritten: string | Buffer | null = null;
  /** What the answer said about the connection. */
  #isLast = false;
  #hasAsked = false;
  #hasEnded = false;
  #isOver = false;
  /** What came before the answer was written. */
  #early: Buffer[] = [];
  /** In which turn something came last. */
  #heardIn: number;

  constructor(socket: Socket, options: PlainOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#stays = `Connection: keep-alive\r\nKeep-Alive: timeout=${options.keepAliveMs / 1_000}\r\n\r\n`;
    this.#hearNoMore = hearFirst(socket, this.#onData);
    socket.on("end", this.#onEnd).on("close", this.#onClose).on("error", this.#onError);
    this.#heardIn = options.silence.turn;
  }

  get isIdle(): boolean {
    return !this.#isBusy && !this.#isOver;
  }

  get #isBusy(): boolean {
    return this.#asked !== null || this.#unwritten !== null;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Ends it where nothing has come for more turns than may go by: before the first request, or between two. */
  endIfSilent(turnsBefore: number, turnsBetween: number): void {
    const turns = this.#options.silence.turn - this.#heardIn;
    if (turns <= (this.#hasAsked ? turnsBetween : turnsBefore)) return;
    // Over, but still there: the other side takes nothing any more.
    if (this.#hasAsked || this.#isOver) this.#socket.destroy();
    else {
      this.#isOver = true;
      this.#heardIn = this.#options.silence.turn;
      this.#options.tooLate(this.#socket);
    }
  }

  readonly #onData = (chunk: Buffer): void => {
    const socket = this.#socket;
    if (this.#isOver) return;
    this.#heardIn = this.#options.silence.turn;
    if (this.#isBusy) {
      this.#early.push(chunk);
      socket.pause();
      return;
    }
    // Who does not take answers gets no more of them here. By TLS the last one may still be on its way, which is no sign.
    const request = socket.writableNeedDrain || this.#options.isEnding() ? null : readPlain(chunk, this.#options.known);
    if (request === null) {
      this.#handOver(chunk);
      return;
    }
    const reply = new OneReply(this);
    this.#asked = reply;
    if (this.#options.handle(request, socket, reply)) return;
    this.#asked = null;
    this.#handOver(chunk);
  };

  /** Makes an answer ready to be written. Throws as `Reply.send` does. */
  answer(reply: Reply, status: number, headers: readonly string[], body: string): void {
    if (this.#asked !== reply) throw new Error("a second answer");
    const isLast = this.#hasEnded || this.#options.isEnding();
    const head = headOf(status, headers, isLast ? CLOSES : this.#stays, this.#options.said);
    this.#isLast = isLast;
    this.#asked = null;
    this.#unwritten = body === "" ? head : Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
    this.#options.outbox.put(this);
  }

  /** Writes the answer that is ready, and goes on with what has come since. */
  write(): void {
    const [socket, answer] = [this.#socket, this.#unwritten];
    this.#unwritten = null;
    if (answer === null || !socket.writable) return; // the other side has gone
    socket.write(answer, "latin1");
    if (this.#isLast || this.#hasEnded) {
      this.#isOver = true;
      socket.destroySoon();
    } else this.#goOn();
  }

  #goOn(): void {
    this.#hasAsked = true;
    if (this.#early.length > 0) this.#handOver(Buffer.concat(this.#early));
  }

  #handOver(bytes: Buffer): void {
    const socket = this.#socket;
    // Blank lines between requests: node:http would wait for the rest of a first one, and at last say 408 to nobody.
    if (this.#hasAsked && bytes.every((byte) => byte === CR || byte === LF)) {
      this.#isOver = true;
      socket.destroySoon();
      return;
    }
    this.#leave();
    this.#options.handOver(socket);
    socket.unshift(bytes);
    socket.resume();
  }

  #leave(): void {
    const socket = this.#socket;
    this.#hearNoMore();
    socket.off("end", this.#onEnd).off("close", this.#onClose).off("error", this.#onError);
    this.#options.closed(this);
  }

  readonly #onEnd = (): void => {
    this.#hasEnded = true;
    if (!this.#isBusy) this.#socket.end();
  };
  readonly #onClose = (): void => this.#options.closed(this);
  readonly #onError = (): void => void this.#socket.destroy();
}
