import { isDeepStrictEqual } from "node:util";
import type { FieldError } from "#lib/errors/error";
import type { CredentialClass } from "./application";
import type { EditApplicationInput } from "./application-schema";
import { presetRules } from "./rules";
import type { ApplicationView } from "./view";

/** What an edit may change. */
export type Editable = Pick<
  ApplicationView,
  "name" | "kind" | "routes" | "rules" | "identity" | "credentials" | "usernames" | "paths"
>;

const sorted = (routes: ApplicationView["routes"]) => routes.map(({ host, context }) => `${host}${context}`).sort();

/**
 * The application as it would be after an edit: what is left out stays, inside rules, credentials and usernames too.
 * @returns `changed` whether anything differs; `moved` whether routes do
 */
export function edited(before: ApplicationView, changes: Omit<EditApplicationInput, "id" | "version">) {
  const now: Editable = {
    name: before.name,
    kind: before.kind,
    routes: before.routes,
    rules: before.rules,
    identity: before.identity,
    credentials: before.credentials,
    usernames: before.usernames,
    paths: before.paths,
  };
  const next: Editable = {
    name: changes.name ?? now.name,
    kind: changes.kind ?? now.kind,
    routes: changes.routes ?? now.routes,
    rules: { ...now.rules, ...changes.rules },
    identity: changes.identity ?? now.identity,
    credentials: { ...now.credentials, ...changes.credentials },
    usernames: { ...now.usernames, ...changes.usernames },
    paths: changes.paths ?? now.paths,
  };
  const moved = !isDeepStrictEqual(sorted(now.routes), sorted(next.routes));
  const { routes: _were, ...rest } = now;
  const { routes: _are, ...nextRest } = next;
  return { next, moved, changed: moved || !isDeepStrictEqual(rest, nextRest) };
}

const CLASSES: readonly CredentialClass[] = ["password", "foreignBearer", "oauth1", "otherScheme", "none"];

/**
 * Rules that an edit would carry over to where they no longer protect: an application that begins to believe the
 * identity that we tell it, or that has no log-in of its own any more, must not keep letting through what was harmless
 * before, unless somebody says so, class by class.
 * @returns an error for each rule that lets something through and is not stated in the edit
 */
export function unstatedRules(before: ApplicationView, changes: Omit<EditApplicationInput, "id" | "version">) {
  const preset = presetRules(changes.kind ?? before.kind, changes.identity ?? before.identity);
  const was = presetRules(before.kind, before.identity);
  return CLASSES.filter((each) => preset[each] === "block" && was[each] !== "block")
    .filter((each) => before.rules[each] !== "block" && changes.rules?.[each] === undefined)
    .map((each): FieldError => {
      const message = `Say what happens to this now: until here it was ${before.rules[each]}, and nothing behind the gateway would ask any more.`;
      return { path: `rules.${each}`, message };
    });
}
