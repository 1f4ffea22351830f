import type { Route } from "#lib/applications/application";
import { createApplication } from "#lib/applications/commands/create";
import { deleteApplication } from "#lib/applications/commands/delete";
import { editApplication } from "#lib/applications/commands/edit";
import { applicationById, applicationsQuery, listApplications } from "#lib/applications/queries";
import { ok, refuse } from "#lib/errors/error";
import { FILTER_MODES, FILTER_RULES } from "#lib/verification/path-filter";
import { PACK_NAMES } from "#lib/verification/reads/packs";
import { changing, deleting } from "./changing";
import { readBody } from "./input";
import { field, flag, JSON_BODY, oneOf, optional, type Reader, repeated } from "./option";
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

/** `password=block`: a name of some, and a word for it. */
const pairOf =
  (names: readonly string[], words: readonly string[]): Reader<readonly [string, string]> =>
  (text) => {
    const [name = "", ...rest] = text.split("=");
    const known = oneOf(names)(name);
    if (!known.ok) return known;
    const wanted = oneOf(words)(rest.join("="));
    return wanted.ok ? ok([name, wanted.value]) : refuse("malformed", `${name}: ${wanted.refusal.detail}`);
  };

type Pairs = readonly (readonly [string, string])[];

/** Undefined where nothing was said, so that `--json` may say it. */
const recordOf = (pairs: Pairs) => (pairs.length === 0 ? undefined : Object.fromEntries(pairs));
const isTwice = (pairs: Pairs) => new Set(pairs.map(([name]) => name)).size < pairs.length;

export const application = {
  create: verb({
    about: "Make an application: from then on requests to its routes are judged",
    options: {
      key: field(optional("KEY", "what gateways and tokens name it by; never changes")),
      name: field(optional("N", "what people call it")),
      kind: field(optional(KINDS.join("|"), "what it is, and so what a read is", oneOf(KINDS))),
      route: field(repeated("HOST[/context]", "where it is", route)),
      rule: repeated(
        "CLASS=RULE",
        "what is done with credentials that are not ours, such as password=block",
        pairOf(CLASSES, RULES),
      ),
      pathFilter: repeated(
        "RULE=MODE",
        "what a filter rule does with tokens, such as enc_slash=observe",
        pairOf(FILTER_RULES, FILTER_MODES),
      ),
      readPack: repeated("NAME", `what tokens also reach or read: ${PACK_NAMES.join(", ")}`, oneOf(PACK_NAMES)),
      webSocket: flag("tokens that may write may open a WebSocket"),
      preflight: flag("CORS preflights pass although none=block"),
      identity: optional(IDENTITIES.join("|"), "how it learns who asks; preset: none", oneOf(IDENTITIES)),
      introspectRestricted: flag("introspection counts tokens as good whose limits it cannot see; preset: no"),
      json: JSON_BODY,
    },
    run: async (
      { json, route: routes, rule, pathFilter, readPack, webSocket, preflight, introspectRestricted, ...given },
      desk,
    ) => {
      if (isTwice(rule)) return refuse("malformed", "Give one --rule for a class.");
      if (isTwice(pathFilter)) return refuse("malformed", "Give one --path-filter for a filter rule.");
      const said = {
        ...{ routes, rules: recordOf(rule), pathFilter: recordOf(pathFilter) },
        readPacks: readPack.length === 0 ? undefined : readPack,
        ...{ webSocket: webSocket || undefined, preflight: preflight || undefined },
        introspectRestricted: introspectRestricted || undefined,
      };
      return desk.run(createApplication, await readBody(json, { ...given, ...said }));
    },
  }),
  edit: changing({
    about: "Change an application; what is left out stays",
    command: editApplication,
    find: applicationById,
  }),
  delete: deleting("Delete an application that nothing names and to which no request has come", deleteApplication),
  list: list("The applications, the portal itself among them", applicationsQuery, listApplications),
};
