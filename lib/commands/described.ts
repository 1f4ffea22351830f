import type { z } from "zod";
import type { ErrorCode } from "#lib/errors/error";
import type { Command } from "./command";
import type { ActorKind } from "./door";

/** What a handler of the REST API takes and who may come: the description of the API is made of it. */
export type Described = {
  readonly by: "command" | "query" | "question" | "file";
  /** The very schema that reads the query parameters or the body. */
  readonly input: z.ZodType;
  /** Of an answer when it is made for the first time; 202 where it goes on afterwards. */
  readonly status: 200 | 201 | 202;
  /** May somebody come who is not signed in? */
  readonly visitors: boolean;
  /** May a script come, with a token for `latchkey`? */
  readonly tokens: boolean;
  /** Does any token come, about itself, and nobody else? */
  readonly itself?: true;
  /** Does anybody come, from anywhere, and learn nothing? */
  readonly report?: true;
  /** Must somebody in a session have confirmed lately that it is them? */
  readonly stepUp: boolean;
  /** May a token come that may only read? */
  readonly reads: boolean;
  /** With which codes it may refuse, beyond what follows from the rest. */
  readonly refuses: readonly ErrorCode[];
};

const DESCRIBED = Symbol.for("latchkey.described");

/** Says of a handler what it takes; Next sees nothing of it. */
export function described<Handler extends object>(handler: Handler, description: Described): Handler {
  return Object.defineProperty(handler, DESCRIBED, { value: description });
}

/** What a handler takes; null of what is none of ours, or only refuses a method. */
export function descriptionOf(handler: unknown): Described | null {
  if (typeof handler !== "function") return null;
  const found: unknown = Reflect.get(handler, DESCRIBED);
  return isDescribed(found) ? found : null;
}

const isDescribed = (value: unknown): value is Described => typeof value === "object" && value !== null;

/** What a command's handler takes, as the command itself says. */
export function ofCommand<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
): Pick<Described, "input" | "tokens" | "stepUp" | "reads" | "refuses"> {
  const { input, door, stepUp, reads = false, administration, conflicts } = command;
  const tokens = door.some((kind) => kind === "token");
  const raced = Object.values(conflicts).map(({ code }) => code);
  return { input, tokens, stepUp, reads, refuses: administration === "may change" ? [...raced, "last_admin"] : raced };
}

/** What the handler of a command takes that only notes who looked: another site's page leads nobody to it. */
export function ofNoted<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
): ReturnType<typeof ofCommand> {
  const taken = ofCommand(command);
  return { ...taken, refuses: [...taken.refuses, "foreign_origin"] };
}

/** Of a question: nobody but who is signed in, and no more than its schema says. */
export const TAKES_NOTHING_ELSE: Pick<Described, "status" | "visitors" | "tokens" | "stepUp" | "reads" | "refuses"> = {
  ...{ status: 200, visitors: false, tokens: true, stepUp: false, reads: false, refuses: [] },
};
