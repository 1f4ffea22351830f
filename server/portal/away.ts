import type { ServerResponse } from "node:http";
import { RETRY_AFTER_SECONDS } from "#lib/db/away";

/** Of the body that it was to have. */
const OF_THE_BODY = ["content-encoding", "transfer-encoding", "etag", "link"];

/**
 * Lets a page that fails say 503 and why, where the database was away meanwhile. Next says 500 then, and nothing that it
 * draws can say another status: so what it sends is thrown away, from the first line on.
 * @param response what Next is about to write to
 * @param wasAway asked when a page has failed
 * @param page what the browser gets in place of it, whole
 */
export function sayingAway(response: ServerResponse, wasAway: () => boolean, page: () => string): void {
  const [writeHead, write, end] = [response.writeHead, response.write, response.end];
  let body: Buffer | null = null;
  const isReplaced = () => {
    if (body !== null) return true;
    if (response.headersSent || response.statusCode !== 500 || !wasAway()) return false;
    body = Buffer.from(page());
    for (const name of OF_THE_BODY) response.removeHeader(name);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-length", body.length);
    response.setHeader("retry-after", RETRY_AFTER_SECONDS);
    Reflect.apply(writeHead, response, [503]);
    return true;
  };
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    return isReplaced() ? response : Reflect.apply(writeHead, response, [status, ...rest]);
  };
  response.write = (...given: unknown[]) => isReplaced() || Reflect.apply(write, response, given);
  response.end = (...given: unknown[]) => Reflect.apply(end, response, isReplaced() ? [body] : given);
}
