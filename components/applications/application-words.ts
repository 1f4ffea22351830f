import type {
  Application,
  ApplicationKind,
  CredentialClass,
  Exception,
  FilterMode,
} from "#lib/applications/application";

export const KINDS: Record<ApplicationKind, string> = {
  jira: "Jira",
  confluence: "Confluence",
  bitbucket: "Bitbucket",
  generic: "Something else over HTTP",
};

/** Credentials that are not ours, as people know them. */
export const CLASSES: Record<CredentialClass, string> = {
  password: "Passwords",
  foreignBearer: "Bearer tokens of its own",
  oauth1: "Application links (OAuth 1)",
  otherScheme: "Other schemes (Kerberos …)",
  none: "No credential: browsers",
};

/** What a filter rule does with a token's request. */
export const MODES: Record<FilterMode, string> = {
  block: "Block",
  observe: "Observe: passes, and is recorded",
  off: "Off",
};

/** Marked text as a form can show it. */
export const plainText = (text: string): string => text.replaceAll("`", "");

export const classWords = (text: string): string => {
  const known: Readonly<Record<string, string>> = CLASSES;
  return known[text] ?? text;
};

/** Users and paths of an exception: *alice, bob on /status*. */
export const exceptionText = ({ users, paths }: Exception): string =>
  [users.join(", "), paths.length > 0 && `on ${paths.join(" ")}`].filter(Boolean).join(" ");

/** Routes as they are typed, one a line: *tools.corp/jira*. */
export const routesText = (routes: Application["routes"]): string =>
  routes.map(({ host, context }) => `${host}${context}`).join("\n");

/** What somebody typed, line by line: a pasted address loses its scheme, the rest is the server's to judge. */
export function typedRoutes(text: string): { host: string; context: string }[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.replace(/^https?:\/\//i, ""))
    .filter((part) => part !== "")
    .map((part) => {
      const slash = part.indexOf("/");
      return slash === -1 ? { host: part, context: "" } : { host: part.slice(0, slash), context: part.slice(slash) };
    });
}

/** Lines of a text without blanks and empty ones. */
export const typedLines = (text: string): string[] =>
  text
    .split(/\s+/)
    .map((each) => each.trim())
    .filter((each) => each !== "");

/** Names, one a line: they may have blanks inside. */
export const typedNames = (text: string): string[] =>
  text
    .split("\n")
    .map((each) => each.trim())
    .filter((each) => each !== "");
