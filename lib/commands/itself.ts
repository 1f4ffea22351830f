import { z } from "zod";
import type { TokenItself } from "#lib/access/viewer";
import { itselfOfRequest } from "#lib/auth/token-itself";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { refusedInput } from "#lib/errors/invalid-input";
import { answering, answerOf, readJson } from "./answer";
import type { Command } from "./command";
import { described, ofCommand, TAKES_NOTHING_ELSE } from "./described";
import { executed } from "./endpoint";
import { parametersOf } from "./reading";

const NOTHING = z.strictObject({});

/** Makes a GET handler for what a token may know about itself, whatever it is for. */
export function readingItself(read: (token: TokenItself) => Promise<Result<object>>) {
  const handle = (request: Request): Promise<Response> =>
    answering(request, async () => {
      const token = await itselfOfRequest(request, { anywhere: false });
      if (!token.ok) return token;
      const query = NOTHING.safeParse(parametersOf(request));
      if (!query.success) return refusedInput(query.error);
      const found = await read(token.value);
      return found.ok ? answerOf(found.value, 200) : found;
    });
  return described(handle, { ...TAKES_NOTHING_ELSE, by: "query", input: NOTHING, reads: true, itself: true });
}

/**
 * Makes a handler for what a token does to itself, whatever it is for. No cookie counts here, so there is no origin to
 * ask for.
 * @param anywhere whether neither a rule about addresses nor a quarantine keeps it from that
 */
export function byItself<Input, Prepared, Subject, Permitted, Output extends object>(
  command: Command<"itself", Input, Prepared, Subject, Permitted, Output>,
  { status = 200, anywhere = false }: { readonly status?: 200 | 201; readonly anywhere?: boolean } = {},
) {
  const handle = (request: Request): Promise<Response> =>
    answering(request, async () => {
      const token = await itselfOfRequest(request, { anywhere });
      if (!token.ok) return token;
      const body = await readJson(request);
      return body.ok ? executed(database(), command, token.value, body.value, { status, at: now() }) : body;
    });
  return described(handle, { by: "command", status, visitors: false, ...ofCommand(command), itself: true });
}
