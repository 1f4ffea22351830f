export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Detail as it comes out of the log, perhaps written by another version: its fields have the names that today's
 * commands write, and may be missing or hold anything. Leaves are unknown; `text` and `texts` of words.ts read them.
 */
export type Stored<T> = T extends null
  ? null
  : T extends string | number | boolean | readonly unknown[]
    ? unknown
    : T extends object
      ? { readonly [Key in keyof T]?: Stored<T[Key]> } | null
      : unknown;

/** What a sentence is made of. `subject` is the subject's name. */
export type Told<Before, After> = {
  readonly subject: string;
  readonly before: Stored<Before>;
  readonly after: Stored<After>;
};

/** One thing that can happen: what its commands must say of it, and how that is told (without the actor). */
export type EventKind<Before, After> = {
  readonly tell: (subject: string, detail: { readonly before: Json; readonly after: Json }) => string;
  /** Only for the compiler: what a command's detail must be. */
  readonly detail?: { readonly before: Before; readonly after: After };
};

/**
 * Defines one thing that can happen. What is never written is null.
 * @param tell the sentence without actor and full stop: `created the network office`
 */
export function event<Before extends Json, After extends Json>(
  tell: (told: Told<Before, After>) => string,
): EventKind<Before, After> {
  // What is stored may be anything, and `Stored` promises no more than names to ask for.
  return {
    tell: (subject, { before, after }) =>
      tell({ subject, before: before as Stored<Before>, after: after as Stored<After> }),
  };
}

/** The kinds of things that events are about. */
export type SubjectKind =
  | "installation"
  | "user"
  | "group"
  | "policy"
  | "delegation"
  | "network"
  | "application"
  | "gateway"
  | "token"
  | "view"
  | "key"
  | "log";

/**
 * What can happen to one kind of thing, in `lib/<noun>/events.ts`; `lib/audit/event.ts` puts all of them together.
 * @param kind what these events are about
 * @param events each action with its `event`
 */
export function defineEvents<const Kinds extends Readonly<Record<string, EventKind<Json, Json>>>>(
  kind: SubjectKind,
  events: Kinds,
) {
  const named = Object.entries(events).map(([action, each]) => [action, { ...each, kind }]);
  // fromEntries forgets the names, which are exactly those of `events`.
  return Object.fromEntries(named) as { readonly [Action in keyof Kinds]: Kinds[Action] & { kind: SubjectKind } };
}
