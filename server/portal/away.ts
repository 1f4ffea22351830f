import type { ServerResponse } from "node:http";
import { RETRY_AFTER_SECONDS } from "#lib/db/away";

/** Of the body that it was to have. */
const OF_THE_BODY = ["content-encoding", "transfer-encoding", "etag", "link"];

/**
 * Lets a page that fails say 503 and why, where the database was away meanwhile. Next says 500 then, and nothing that it
 * draws can say another status: so what it sends is held back until somebody knows, and thrown away where it was.
 * @param response what Next is about to write to
 * @param wasAway asked once, when a page has failed
 * @param page what the browser gets in place of it, whole
 */
export function sayingAway(response: ServerResponse, wasAway: () => Promise<boolean>, page: () => string): void {
  const { writeHead, write, end, flushHeaders } = response;
  let state: "open" | "held" | "passed" | "replaced" = "open";
  const held: (() => unknown)[] = [];

  const decide = async () => {
    const isAway = await wasAway();
    state = isAway ? "replaced" : "passed";
    if (!isAway) return held.forEach((call) => void call());
    const body = Buffer.from(page());
    for (const name of OF_THE_BODY) response.removeHeader(name);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-length", body.length);
    response.setHeader("retry-after", RETRY_AFTER_SECONDS);
    Reflect.apply(writeHead, response, [503]);
    Reflect.apply(end, response, [body]);
  };
  /** Does it now, later or never; who waits for room, or goes on with the response, goes on at once. */
  const turn = <Done>(call: () => Done, meanwhile: Done, later = call): Done => {
    if (state === "open" && !response.headersSent && response.statusCode === 500) {
      state = "held";
      decide().catch(() => response.destroy());
    }
    if (state === "open" || state === "passed") return call();
    if (state === "held") held.push(later);
    return meanwhile;
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (state === "open") response.statusCode = status;
    const call = () => Reflect.apply(writeHead, response, [status, ...rest]);
    // While it is held back, whoever compresses takes the head for unsaid, and says it before each piece.
    return turn(call, response, () => (response.headersSent ? response : call()));
  };
  response.write = (...given: unknown[]) => turn(() => Reflect.apply(write, response, given), true);
  response.end = (...given: unknown[]) => turn(() => Reflect.apply(end, response, given), response);
  response.flushHeaders = () => turn(() => Reflect.apply(flushHeaders, response, []), undefined);
}
