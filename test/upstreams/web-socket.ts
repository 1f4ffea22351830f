import { connect } from "node:net";
import { waitUntil } from "./wait-until";

const KEY = ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];

/**
 * Asks for a WebSocket; where it is opened, bytes have gone there and back when this resolves.
 * @returns the status of the answer: what was switched does not end
 */
export async function asksForWebSocket(
  { address, port }: { readonly address: string; readonly port: number },
  target: string,
  lines: readonly string[],
): Promise<number> {
  const socket = connect(port, address);
  let seen = "";
  socket.on("data", (chunk) => {
    seen += chunk.toString();
  });
  const asks = ["Connection: Upgrade", "Upgrade: websocket", ...KEY];
  socket.write(`${[`GET ${target} HTTP/1.1`, `Host: ${address}:${port}`, ...lines, ...asks].join("\r\n")}\r\n\r\n`);
  await waitUntil("it is answered", () => seen.includes("\r\n\r\n") || undefined);
  const status = Number(seen.split(" ")[1]);
  if (status === 101) {
    socket.write("there and back");
    await waitUntil("the bytes come back", () => seen.includes("there and back") || undefined);
  }
  socket.destroy();
  return status;
}
