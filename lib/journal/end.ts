import { z } from "zod";

/**
 * What a restored backup would undo, and what is done about it again: a token is ended, stopped, let go on, or became
 * narrower; a user is deactivated or reactivated; and what only a person can judge is looked at.
 */
const WHATS = ["end", "stop", "go-on", "narrow", "deactivate", "reactivate", "look"] as const;

export const endSchema = z.strictObject({
  what: z.enum(WHATS),
  /** Of the token, the user, or whatever else the action is about. */
  id: z.string().max(100).nullable(),
  /** What the audit log calls it. */
  action: z.string().max(100),
});

/** One end, by ids only: names and secrets are in no journal. */
export type End = z.infer<typeof endSchema>;

/** What is left to be done after all of these have happened, in their order. */
export type ToDo = {
  readonly end: readonly string[];
  readonly stop: readonly string[];
  readonly deactivate: readonly string[];
  readonly look: readonly { readonly action: string; readonly id: string | null }[];
};

/**
 * Sums ends up: what was undone again (resumed, reactivated) is not repeated, and what ended need not be stopped too.
 * A token that became narrower is stopped, because a journal does not know to what.
 */
export function sumUp(ends: readonly End[]): ToDo {
  const ended = new Set<string>();
  const narrowed = new Set<string>();
  const stopped = new Map<string, boolean>();
  const deactivated = new Map<string, boolean>();
  const look = new Map<string, { action: string; id: string | null }>();
  for (const { what, id, action } of ends) {
    if (id === null || what === "look") look.set(`${action} ${id}`, { action, id });
    else if (what === "end") ended.add(id);
    else if (what === "narrow") narrowed.add(id);
    else if (what === "stop" || what === "go-on") stopped.set(id, what === "stop");
    else deactivated.set(id, what === "deactivate");
  }
  const held = (states: ReadonlyMap<string, boolean>) => [...states].flatMap(([id, is]) => (is ? [id] : []));
  const stop = new Set([...held(stopped), ...narrowed]);
  return {
    end: [...ended],
    stop: [...stop].filter((id) => !ended.has(id)),
    deactivate: held(deactivated),
    look: [...look.values()],
  };
}
