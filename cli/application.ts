import type { Route } from "#lib/applications/application";
import { createApplication } from "#lib/applications/commands/create";
import { applicationsQuery, listApplications } from "#lib/applications/queries";
import { ok, refuse } from "#lib/errors/error";
import { readBody } from "./input";
import { field, JSON_BODY, oneOf, optional, type Reader, repeated } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

const KINDS = ["jira", "confluence", "bitbucket", "generic"] as const;
const IDENTITIES = ["none", "passthrough", "header", "jwt"] as const;
const CLASSES = ["password", "foreignBearer", "oauth1", "otherScheme", "none"] as const;
const RULES = ["allow", "observe", "block"] as const;

/** `tools.corp/jira`: the context begins at the first slash. */
const route: Reader<Route> = (text) => {
  const slash = text.indexOf("/");
  return ok(slash < 0 ? { host: text, context: "" } : { host: text.slice(0, slash), context: text.slice(slash) });
};

/** `password=block`. */
const rule: Reader<readonly [string, string]> = (text) => {
  const [name = "", ...rest] = text.split("=");
  const known = oneOf(CLASSES)(name);
  if (!known.ok) return known;
  const wanted = oneOf(RULES)(rest.join("="));
  return wanted.ok ? ok([name, wanted.value]) : refuse("malformed", `${name}: ${wanted.refusal.detail}`);
};

export const application = {
  create: verb({
    about: "Make an application: from then on requests to its routes are judged",
    options: {
      key: field(optional("KEY", "what gateways and tokens name it by; never changes")),
      name: field(optional("N", "what people call it")),
      kind: field(optional(KINDS.join("|"), "what it is, and so what a read is", oneOf(KINDS))),
      route: field(repeated("HOST[/context]", "where it is", route)),
      rule: repeated("CLASS=RULE", "what is done with credentials that are not ours, such as password=block", rule),
      identity: optional(IDENTITIES.join("|"), "how it learns who asks; preset: none", oneOf(IDENTITIES)),
      json: JSON_BODY,
    },
    run: async ({ json, route: routes, rule: pairs, ...given }, desk) => {
      if (new Set(pairs.map(([name]) => name)).size < pairs.length)
        return refuse("malformed", "Give one --rule for a class.");
      const rules = pairs.length === 0 ? undefined : Object.fromEntries(pairs);
      return desk.run(createApplication, await readBody(json, { ...given, routes, rules }));
    },
  }),
  list: list("The applications, the portal itself among them", applicationsQuery, listApplications),
};
