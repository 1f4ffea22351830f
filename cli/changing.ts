import type { Viewer } from "#lib/access/viewer";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { ok, type Result } from "#lib/errors/error";
import { readBody } from "./input";
import { JSON_BODY, needed, required } from "./option";
import { type Verb, verb } from "./verb";

type Changing<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output> = {
  readonly about: string;
  readonly command: Command<Kind, Input, Prepared, Subject, Permitted, Output>;
  readonly find: (viewer: Viewer, id: string) => Promise<Result<{ readonly version: number }>>;
};

const changingWith = <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  json: typeof JSON_BODY,
  { about, command, find }: Changing<Kind, Input, Prepared, Subject, Permitted, Output>,
): Verb =>
  verb({
    about,
    options: { id: required("ID", "which"), json },
    // Whoever types this means what is there now; a version in the JSON is the one that was read.
    run: async ({ id, json }, desk) => {
      const body = await readBody(json, {});
      if (!body.ok) return body;
      const current = await desk.ask((viewer) => find(viewer, id));
      return current.ok ? desk.run(command, ok({ version: current.value.version, ...body.value, id })) : current;
    },
  });

/** Changes one by id, as REST does: what is left out stays. */
export const changing = <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  spec: Changing<Kind, Input, Prepared, Subject, Permitted, Output>,
): Verb => changingWith(needed(JSON_BODY), spec);

/** Deletes a rule by id, as REST does: the JSON says what happens to the tokens that this breaks, where it breaks any. */
export const deletingRule = <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  spec: Changing<Kind, Input, Prepared, Subject, Permitted, Output>,
): Verb => changingWith(JSON_BODY, spec);

/** Deletes one by id, where nothing needs it. */
export const deleting = <Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output extends object>(
  about: string,
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
): Verb =>
  verb({ about, options: { id: required("ID", "which") }, run: ({ id }, desk) => desk.run(command, ok({ id })) });
