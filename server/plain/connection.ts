import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { headOf } from "./answer";
import { type PlainRequest, readPlain } from "./request";

/** Who answers a plain request, once, at once or later. */
export type Reply = {
  /** Throws, and has said nothing, where a header cannot be sent. @param headers name, value, … with `Content-Length` */
  readonly send: (status: number, headers: readonly string[], body: string) => void;
  readonly destroy: () => void;
};

export type PlainHandler = (request: PlainRequest, socket: Socket, reply: Reply) => boolean;

export type PlainOptions = {
  /** @returns false where the request is not for it, and it has not answered */
  readonly handle: PlainHandler;
  /** Takes the connection over, whatever comes next on it. */
  readonly handOver: (socket: Socket) => void;
  /** Nobody shall go on with a connection. */
  readonly isEnding: () => boolean;
  /** What the first request may take, and what may lie between two. */
  readonly firstMs: number;
  readonly keepAliveMs: number;
  /** Nothing has come for so long. */
  readonly tooLate: (socket: Socket) => void;
  readonly closed: (connection: PlainConnection) => void;
};

/**
 * A connection on which plain requests come one after the other, each answered before the next. With the first that is
 * anything else it is handed over with all that has come, and never comes back.
 */
export class PlainConnection {
  readonly #socket: Socket;
  readonly #options: PlainOptions;
  readonly #reply: Reply;
  readonly #stays: string;
  #isAsked = false;
  #hasAsked = false;
  #hasEnded = false;
  /** What came before the answer was written. */
  #early: Buffer[] = [];

  constructor(socket: Socket, options: PlainOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reply = { send: this.#send, destroy: () => void socket.destroy() };
    this.#stays = `Connection: keep-alive\r\nKeep-Alive: timeout=${options.keepAliveMs / 1_000}\r\n`;
    socket.on("data", this.#onData).on("end", this.#onEnd).on("close", this.#onClose);
    socket.on("error", this.#onError).on("timeout", this.#onTimeout).setTimeout(options.firstMs);
  }

  /** Ends it unless somebody waits for an answer, after which it ends by itself. */
  closeIdle(): void {
    if (!this.#isAsked) this.#socket.destroy();
  }

  readonly #onData = (chunk: Buffer): void => {
    const socket = this.#socket;
    if (this.#isAsked) {
      this.#early.push(chunk);
      socket.pause();
      return;
    }
    // Who does not take answers gets no more of them here.
    const request = socket.writableLength > 0 || this.#options.isEnding() ? null : readPlain(chunk);
    if (request === null) {
      this.#handOver(chunk);
      return;
    }
    this.#isAsked = true;
    if (this.#options.handle(request, socket, this.#reply)) return;
    this.#isAsked = false;
    this.#handOver(chunk);
  };

  readonly #send = (status: number, headers: readonly string[], body: string): void => {
    if (!this.#isAsked) throw new Error("a second answer");
    const socket = this.#socket;
    const isLast = this.#hasEnded || this.#options.isEnding();
    const head = headOf(status, headers, isLast ? "Connection: close\r\n" : this.#stays);
    this.#isAsked = false;
    if (!socket.writable) return; // the other side has gone
    if (body === "") socket.write(head, "latin1");
    else socket.write(Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]));
    if (isLast) socket.destroySoon();
    else this.#goOn();
  };

  #goOn(): void {
    if (!this.#hasAsked) this.#socket.setTimeout(this.#options.keepAliveMs);
    this.#hasAsked = true;
    if (this.#early.length > 0) this.#handOver(Buffer.concat(this.#early));
  }

  #handOver(bytes: Buffer): void {
    const socket = this.#socket;
    this.#leave();
    socket.setTimeout(0);
    this.#options.handOver(socket);
    socket.unshift(bytes);
    socket.resume();
  }

  #leave(): void {
    const socket = this.#socket;
    socket.off("data", this.#onData).off("end", this.#onEnd).off("close", this.#onClose);
    socket.off("error", this.#onError).off("timeout", this.#onTimeout);
    this.#options.closed(this);
  }

  readonly #onEnd = (): void => {
    this.#hasEnded = true;
    if (!this.#isAsked) this.#socket.end();
  };
  readonly #onClose = (): void => this.#options.closed(this);
  readonly #onError = (): void => void this.#socket.destroy();
  readonly #onTimeout = (): void => {
    if (this.#hasAsked) this.#socket.destroy();
    else this.#options.tooLate(this.#socket);
  };
}
