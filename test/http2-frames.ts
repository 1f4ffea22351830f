import { Buffer } from "node:buffer";
import { connect, type Socket } from "node:net";
import type { HeaderLines } from "#lib/verification/request";

/** HTTP/2 frame by frame (RFC 9113), for what no library would send. */

/** Frames by name. */
export const TYPES = {
  ...{ data: 0, headers: 1, priority: 2, reset: 3, settings: 4, push: 5, ping: 6 },
  ...{ goAway: 7, windowUpdate: 8, continuation: 9, unknown: 0xbe },
} as const;
export const [END_STREAM, END_HEADERS, ACK] = [1, 4, 1];

const NOTHING = Buffer.alloc(0);

/** One frame. @param payload a number is four bytes of it */
export function frame(
  type: keyof typeof TYPES,
  flags: number,
  stream: number,
  payload: Buffer | number = NOTHING,
): Buffer {
  const body = typeof payload === "number" ? Buffer.alloc(4) : payload;
  if (typeof payload === "number") body.writeUInt32BE(payload);
  const head = Buffer.alloc(9);
  head.writeUIntBE(body.length, 0, 3);
  head.writeUInt8(TYPES[type], 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, body]);
}

/** A text as HPACK has it, in clear (RFC 7541 §5.2). */
function text(said: string): Buffer {
  const bytes = Buffer.from(said, "latin1");
  const size: number[] = [];
  if (bytes.length < 127) size.push(bytes.length);
  else {
    size.push(127);
    let rest = bytes.length - 127;
    for (; rest >= 128; rest = Math.floor(rest / 128)) size.push(128 + (rest % 128));
    size.push(rest);
  }
  return Buffer.concat([Buffer.from(size), bytes]);
}

/** A line said once that may be said again by a number (RFC 7541 §6.2.1), and one that may not (§6.2.2). */
export const LITERAL_TO_KEEP = 0x40;
const LITERAL = 0;

/** Header lines written out in full: what is none can be said, too. */
export function block(lines: HeaderLines, kind = LITERAL): Buffer {
  return Buffer.concat(lines.map((said, i) => Buffer.concat([Buffer.from(i % 2 === 0 ? [kind] : []), text(said)])));
}

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** A connection on which everything may be said, and what was heard on it. */
export type Talk = {
  readonly say: (...frames: readonly Buffer[]) => void;
  /** Frames that came so far. */
  readonly heard: () => readonly { readonly type: number; readonly stream: number; readonly payload: Buffer }[];
  readonly isOver: () => boolean;
  readonly close: () => void;
};

/**
 * Begins to speak HTTP/2, and confirms nothing.
 * @param settings of the client
 * @param isDeaf whether it takes nothing of what is said
 */
export function talkTo(port: number, settings: Buffer = NOTHING, isDeaf = false): Promise<Talk> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, "127.0.0.1");
    let bytes = NOTHING;
    const heard: { type: number; stream: number; payload: Buffer }[] = [];
    if (isDeaf) socket.pause();
    else
      socket.on("data", (chunk: Buffer) => {
        bytes = Buffer.concat([bytes, chunk]);
        while (bytes.length >= 9 && bytes.length >= 9 + bytes.readUIntBE(0, 3)) {
          const end = 9 + bytes.readUIntBE(0, 3);
          heard.push({ type: bytes[3] ?? 0, stream: bytes.readUInt32BE(5), payload: bytes.subarray(9, end) });
          bytes = bytes.subarray(end);
        }
      });
    socket.on("error", reject); // what comes later is seen by its end
    socket.once("connect", () => {
      socket.write(Buffer.concat([PREFACE, frame("settings", 0, 0, settings)]));
      resolve({
        say: (...frames) => void (socket.writable && socket.write(Buffer.concat(frames))),
        heard: () => heard,
        isOver: () => socket.destroyed,
        close: () => void socket.destroy(),
      });
    });
  });
}
