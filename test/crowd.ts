import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { connect, type Socket } from "node:net";

/** Opens a connection, and says when something can be said on it. */
export type Open = (opened: () => void) => Socket;

const DRIP_MS = 500;

/**
 * Says a beginning and then, where there is something to drip, that again and again.
 * @param beginning one letter is one byte
 * @returns what was said until the other side hung up
 */
export function saying(open: Open, beginning: string, drip?: string): Promise<string> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const socket = open(() => {
      socket.write(beginning, "latin1");
      if (drip !== undefined) timer = setInterval(() => socket.write(drip, "latin1"), DRIP_MS);
    });
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined); // it was writing when the other side hung up
    socket.on("close", () => {
      clearInterval(timer);
      resolve(text);
    });
  });
}

/** Many that do the same at once. @returns what each was told */
export const crowd = (size: number, one: () => Promise<string>): Promise<string[]> =>
  Promise.all(Array.from({ length: size }, one));

export const inClear =
  (port: number): Open =>
  (opened) =>
    connect(port, "127.0.0.1", opened);

/** Notes every connection that servers of this process get, from now on. */
export function noteServed() {
  const served: { readonly port: number | undefined; readonly socket: Socket }[] = [];
  const note = (message: unknown) => {
    if (typeof message !== "object" || message === null || !("socket" in message)) return;
    const socket = message.socket as Socket;
    served.push({ port: socket.localPort, socket });
  };
  subscribe("net.server.socket", note);
  return {
    countAt: (port: number) => served.filter((each) => each.port === port).length,
    openAt: (port: number) => served.filter((each) => each.port === port && !each.socket.destroyed).length,
    end: () => unsubscribe("net.server.socket", note),
  };
}
