import { connect, type Socket } from "node:net";
import { waitUntil } from "#test/upstreams/wait-until";

const open = new Set<Socket>();

/** A client that says bytes and keeps all that it hears. */
export function client({ port }: { readonly port: number }) {
  const heard = { text: "", ended: false, closed: false };
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  open.add(socket);
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    heard.text += chunk;
  });
  socket.on("end", () => {
    heard.ended = true;
  });
  socket.on("close", () => {
    heard.closed = true;
  });
  socket.on("error", () => undefined);
  return {
    heard,
    socket,
    say: (bytes: string) => void socket.write(bytes, "latin1"),
    hears: (part: string | RegExp, times = 1) =>
      waitUntil(`${part} was heard`, () => heard.text.split(part).length > times || undefined),
    isEnded: () => waitUntil("the connection ends", () => heard.ended || heard.closed || undefined),
  };
}

/** Ends all that were made. */
export function hangUp(): void {
  for (const socket of open) socket.destroy();
  open.clear();
}
