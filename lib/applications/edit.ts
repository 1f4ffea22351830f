import { isDeepStrictEqual } from "node:util";
import type { FieldError } from "#lib/errors/error";
import type { CredentialClass, Exception } from "./application";
import type { EditApplicationInput } from "./application-schema";
import { withExceptions, withFilterRules } from "./requests-schema";
import { presetRules } from "./rules";
import type { ApplicationView } from "./view";

type Fixed = "id" | "key" | "createdAt" | "version";

/** What an edit may change. */
export type Editable = Omit<ApplicationView, Fixed>;

const sorted = (routes: ApplicationView["routes"]) => routes.map(({ host, context }) => `${host}${context}`).sort();

function editable(application: ApplicationView): Editable {
  const { id: _id, key: _key, createdAt: _at, version: _version, ...rest } = application;
  return rest;
}

/**
 * The application as it would be after an edit: what is left out stays, inside rules, exceptions, filter rules, credentials
 * and usernames too.
 * @returns `changed` whether anything differs; `moved` whether routes do
 */
export function edited(before: ApplicationView, changes: Omit<EditApplicationInput, "id" | "version">) {
  const now = editable(before);
  const next: Editable = {
    name: changes.name ?? now.name,
    kind: changes.kind ?? now.kind,
    routes: changes.routes ?? now.routes,
    rules: { ...now.rules, ...changes.rules },
    exceptions: withExceptions(now.exceptions, changes.exceptions),
    identity: changes.identity ?? now.identity,
    credentials: { ...now.credentials, ...changes.credentials },
    usernames: { ...now.usernames, ...changes.usernames },
    paths: changes.paths ?? now.paths,
    readPacks: changes.readPacks ?? now.readPacks,
    pathFilter: withFilterRules(now.pathFilter, changes.pathFilter),
    webSocket: changes.webSocket ?? now.webSocket,
    preflight: changes.preflight ?? now.preflight,
    introspectRestricted: changes.introspectRestricted ?? now.introspectRestricted,
  };
  const moved = !isDeepStrictEqual(sorted(now.routes), sorted(next.routes));
  const { routes: _were, ...rest } = now;
  const { routes: _are, ...nextRest } = next;
  return { next, moved, changed: moved || !isDeepStrictEqual(rest, nextRest) };
}

const CLASSES: readonly CredentialClass[] = ["password", "foreignBearer", "oauth1", "otherScheme", "none"];

type Changes = Omit<EditApplicationInput, "id" | "version">;

const LISTS = ["users", "paths"] as const;

/** Whether an edit says of every list that an exception has what becomes of it. */
const states = (change: Partial<Exception> | undefined, before: Exception): boolean =>
  LISTS.every((list) => before[list].length === 0 || change?.[list] !== undefined);

/** What still lets something of a class through after an edit that says nothing of it; null where nothing does. */
function carriedOver(before: ApplicationView, changes: Changes, each: CredentialClass): FieldError | null {
  const say = (what: string) =>
    `Say what happens to this now: until here ${what}, and nothing behind the gateway would ask any more.`;
  if (before.rules[each] !== "block" && changes.rules?.[each] === undefined)
    return { path: `rules.${each}`, message: say(`it was ${before.rules[each]}`) };
  const exception = before.exceptions[each];
  if (exception !== undefined && !states(changes.exceptions?.[each], exception))
    return { path: `exceptions.${each}`, message: say("it had an exception") };
  return null;
}

/**
 * Exceptions of some users on some paths that an edit would open to whoever or wherever: it empties one list and says
 * nothing of the other.
 * @returns an error for each
 */
export function unstatedLists(before: ApplicationView, changes: Changes): FieldError[] {
  return CLASSES.flatMap((each) => {
    const was = before.exceptions[each];
    const change = changes.exceptions?.[each];
    if (was === undefined || change === undefined || states(change, was)) return [];
    return LISTS.filter((list) => was[list].length > 0 && change[list]?.length === 0).map((list) => ({
      path: `exceptions.${each}.${list}`,
      message: `Send users and paths: with no ${list} the other list would let pass by itself.`,
    }));
  });
}

/**
 * Rules and exceptions that an edit would carry over to where they no longer protect: an application that begins to
 * believe the identity that we tell it, or that has no log-in of its own any more, must not keep letting through what was
 * harmless before, unless somebody says so, class by class.
 * @returns an error for each that lets something through and is not stated in the edit
 */
export function unstatedRules(before: ApplicationView, changes: Changes): FieldError[] {
  const preset = presetRules(changes.kind ?? before.kind, changes.identity ?? before.identity);
  const was = presetRules(before.kind, before.identity);
  return CLASSES.filter((each) => preset[each] === "block" && was[each] !== "block").flatMap(
    (each) => carriedOver(before, changes, each) ?? [],
  );
}
