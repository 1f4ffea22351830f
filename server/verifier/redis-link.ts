import { createHash } from "node:crypto";
import { PROBE, type RedisQuestion } from "#lib/verification/shared/question";
import { failScript, takeScript } from "#lib/verification/shared/scripts";

const programOf = (text: string) => ({ text, sha: createHash("sha1").update(text).digest("hex") });
const PROGRAMS = { take: programOf(takeScript()), fail: programOf(failScript()) };

/** One connection to Redis; it is never mended, another one takes its place. */
export type RedisLink = {
  /** Asks in one round trip. Rejects when it cannot be asked, or was closed before it answered. */
  readonly ask: (question: RedisQuestion) => Promise<unknown>;
  /** Says whom to tell when it is no more; at once where it is no more already. */
  readonly onLost: (hear: (why: unknown) => void) => void;
  readonly close: () => void;
};

type Within = { readonly connectMs: number; readonly answerMs: number };

/**
 * Opens a connection over which Redis has answered and written.
 * @param within what takes longer rejects, in milliseconds
 */
export async function openRedisLink(url: string, { connectMs, answerMs }: Within): Promise<RedisLink> {
  // Named here and not above: a bundle would otherwise load it for everybody.
  const { createClient } = await import("@redis/client");
  const client = createClient({
    ...{ url, RESP: 2, disableOfflineQueue: true, disableClientInfo: true, maintNotifications: "disabled" },
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  });
  let lost: unknown;
  let hear: (why: unknown) => void = () => undefined;
  client.on("error", (why: unknown) => {
    lost ??= why;
    hear(why);
  });
  const close = () => {
    if (client.isOpen) client.destroy();
  };
  const ask = async ({ script, keys, args }: RedisQuestion): Promise<unknown> => {
    const { text, sha } = PROGRAMS[script];
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await client.sendCommand(["EVALSHA", sha, ...rest]);
    } catch (error) {
      // It was restarted, or told to forget: it is told the program once more.
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return client.sendCommand(["EVAL", text, ...rest]);
    }
  };
  try {
    await within(connectMs, "it does not let us in", client.connect());
    for (const { text } of Object.values(PROGRAMS))
      await within(connectMs, "it does not take our programs", client.sendCommand(["SCRIPT", "LOAD", text]));
    await within(answerMs, "it does not answer in time", ask(PROBE));
  } catch (error) {
    close();
    throw error;
  }
  const onLost: RedisLink["onLost"] = (next) => {
    hear = next;
    if (lost !== undefined) next(lost);
  };
  return { ask, onLost, close };
}

async function within<T>(ms: number, sentence: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // What has come meanwhile, while this process was busy, is read first.
    timer = setTimeout(() => setImmediate(() => reject(new Error(sentence))), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
