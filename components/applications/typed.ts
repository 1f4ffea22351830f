import { FILTER_RULES } from "#lib/verification/path-filter";
import { typedLines, typedNames, typedRoutes } from "./application-words";

const CLASSES = ["password", "foreignBearer", "oauth1", "otherScheme", "none"] as const;
/** Where a refusal of these finds its field. */
export const SHOWN_FIELDS = [
  ...["name", "kind", "routes", "identity", "rules", "exceptions", "credentials", "paths", "readPacks", "pathFilter"],
  "introspectRestricted",
];

const text = (data: FormData, name: string): string => String(data.get(name) ?? "").trim();

/** What the wizard asks, as the API takes it: the same as of an application that is there, and its key. */
export const typedNew = (data: FormData) => ({ ...typedApplication(data), key: text(data, "key") });

function typedBasics(data: FormData) {
  return {
    name: text(data, "name"),
    kind: text(data, "kind"),
    routes: typedRoutes(text(data, "routes")),
    identity: text(data, "identity"),
    rules: Object.fromEntries(CLASSES.map((each) => [each, text(data, `rules.${each}`)])),
  };
}

/** What an application's form says, as the API takes it: every rule and exception is stated. */
export function typedApplication(data: FormData) {
  return {
    ...typedBasics(data),
    credentials: {
      basic: data.has("basic"),
      bearer: data.has("bearer"),
      header: text(data, "header") || null,
      query: text(data, "query") || null,
    },
    usernames: { aliases: data.has("aliases"), empty: data.has("empty") },
    paths: typedLines(text(data, "paths")),
    exceptions: Object.fromEntries(CLASSES.map((each) => [each, typedException(data, each)])),
    readPacks: data.getAll("readPacks"),
    pathFilter: Object.fromEntries(FILTER_RULES.map((rule) => [rule, text(data, `pathFilter.${rule}`)])),
    webSocket: data.has("webSocket"),
    preflight: data.has("preflight"),
    introspectRestricted: data.has("introspectRestricted"),
  };
}

function typedException(data: FormData, each: (typeof CLASSES)[number]) {
  const paths = typedLines(text(data, `exceptions.${each}`));
  return each === "password" ? { users: typedNames(text(data, "exceptions.users")), paths } : { paths };
}
