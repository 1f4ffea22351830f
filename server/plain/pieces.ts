import type { Buffer } from "node:buffer";
import type { Socket } from "node:net";

/**
 * Hears what comes on a connection where its stream is given it. Out of the stream each piece would come as an event, with
 * a look for more in the next turn, which takes longer than to read it. Should a connection ever not give its stream what
 * comes by `push`, it is heard as every other: as `data`.
 * @param hear told of each piece, as long as the connection is not paused; what comes then, and the end, are the stream's,
 *   and so is what comes before all of that was heard
 * @returns ends it
 */
export function hearFirst(socket: Socket, hear: (piece: Buffer) => void): () => void {
  const { push } = socket;
  socket.push = (piece: Buffer | null, encoding?: BufferEncoding) => {
    if (piece === null || socket.isPaused() || socket.readableLength > 0) return push.call(socket, piece, encoding);
    hear(piece);
    return true;
  };
  socket.on("data", hear);
  return () => {
    socket.push = push;
    socket.off("data", hear);
  };
}
