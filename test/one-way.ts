import type { Socket } from "node:net";

/** Opens once, for all who wait there. */
export class Gate {
  open: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

/** One direction of a connection: what is said arrives in its order, though not before it may. */
export class Way {
  readonly #to: Socket;
  #before: Promise<unknown> | null = null;
  /** Pieces that have not arrived. */
  waiting = 0;

  constructor(to: Socket) {
    this.#to = to;
  }

  pass(data: Buffer, when: Promise<unknown> | null): void {
    if (when === null && this.waiting === 0) {
      this.#to.write(data);
      return;
    }
    this.waiting += 1;
    this.#before = Promise.all([this.#before, when]).then(() => {
      this.waiting -= 1;
      if (!this.#to.destroyed) this.#to.write(data);
    });
  }
}
