import { connect } from "node:net";
import { waitUntil } from "./wait-until";

const KEY = ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];

/**
 * Asks for a WebSocket; where it is opened, bytes have gone there and back when this resolves.
 * @returns the status of the answer: what was switched does not end; 0 where the connection is over before there is one
 */
export async function asksForWebSocket(
  { address, port }: { readonly address: string; readonly port: number },
  target: string,
  lines: readonly string[],
): Promise<number> {
  const socket = connect(port, address);
  let [seen, isOver] = ["", false];
  socket.on("error", () => undefined); // it closes behind that
  socket.on("close", () => {
    isOver = true;
  });
  socket.on("data", (chunk) => {
    seen += chunk.toString();
  });
  const asks = ["Connection: Upgrade", "Upgrade: websocket", ...KEY];
  socket.write(`${[`GET ${target} HTTP/1.1`, `Host: ${address}:${port}`, ...lines, ...asks].join("\r\n")}\r\n\r\n`);
  try {
    await waitUntil("it is answered", () => seen.includes("\r\n\r\n") || isOver || undefined);
    const status = Number(/^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/.exec(seen)?.[1] ?? 0);
    if (status === 101) {
      socket.write("there and back");
      await waitUntil("the bytes come back", () => seen.includes("there and back") || isOver || undefined);
      if (!seen.includes("there and back")) throw new Error("What was switched is over before the bytes came back");
    }
    return status;
  } finally {
    socket.destroy();
  }
}
