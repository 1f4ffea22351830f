import type { Application } from "#lib/applications/application";
import { untold } from "#lib/tokens/restrictions/condition-name";
import { filled } from "./configuration";

/** What a gateway's configuration has to know by name of the tokens of its applications. */
export type TokenNames = {
  /** The headers in which they come, as they were written. */
  readonly headers: readonly string[];
  /** The parameters in which they come, in lower case. */
  readonly parameters: readonly string[];
  /** Further headers that their header conditions ask for, in lower case: who tells the verifier headers by name tells it these. */
  readonly conditions: readonly string[];
};

/** What every shipped file names: the first among the headers, and not among the parameters. */
export const SHIPPED = { header: "X-Api-Token", parameter: "access_token" } as const;

/** Each name once, whatever its case, without the one that is shipped. */
function others(names: readonly (string | null)[], shipped: string): string[] {
  const byFolded = new Map(names.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  byFolded.delete(shipped.toLowerCase());
  return [...byFolded.values()];
}

/** What every shipped file tells the verifier by name anyhow. */
const TOLD: ReadonlySet<string> = new Set(
  "user-agent traceparent origin access-control-request-method destination x-http-method-override x-http-method x-method-override".split(
    " ",
  ),
);

/** Whether every shipped file tells the verifier of a header, of before as well. @param name in lower case */
export const isAlwaysTold = (name: string): boolean => TOLD.has(name) && name !== "destination";

/**
 * The names of all applications of a gateway together: its configuration knows them for every one of its hosts.
 * @param conditions the headers that tokens' header conditions ask for, in lower case
 */
export function tokenNames(
  credentials: readonly Pick<Application["credentials"], "header" | "query">[],
  conditions: readonly string[] = [],
): TokenNames {
  const parameters = credentials.map(({ query }) => query?.toLowerCase() ?? null);
  const further = others(
    credentials.map(({ header }) => header),
    SHIPPED.header,
  );
  const known = new Set([...TOLD, ...further.map((name) => name.toLowerCase())]);
  return {
    headers: [SHIPPED.header, ...further],
    parameters: others(parameters, SHIPPED.parameter),
    conditions: conditions.filter((name) => untold(name) === null && !known.has(name)),
  };
}

/** A name as YAML takes it for text: one like `null` or `1` needs quotes. */
const inYaml = (name: string): string => (/^[a-z]+(-[a-z0-9]+)+$/.test(name) ? name : JSON.stringify(name));

/** What who tells headers by name tells, in a list in YAML. */
export const toldNames = ({ headers, conditions }: TokenNames): string[] => [...headers, ...conditions.map(inYaml)];

export const lower = ({ headers }: TokenNames): string[] => headers.map((name) => name.toLowerCase());

/**
 * What stands in a file for the shipped header, once for each header.
 * @param place one that begins and ends with a line, or fits between lines
 */
export function forEach(text: string, place: RegExp, names: readonly string[]): string {
  const [found = ""] = place.exec(text) ?? [];
  const all = names.map((name, at) =>
    at === 0 ? found : found.replace(/x-api-token/i, () => name).replace(/ *# EDIT.*/, ""),
  );
  return filled(text, place, all.join("\n"));
}

/** A parameter's name in an expression. */
export const literally = (name: string): string => name.replaceAll(".", "[.]");

/** Further parameters in the expression by which a main host tells what it asks about. */
export function inExpression(text: string, { parameters }: TokenNames): string {
  const further = parameters.map((name) => `|${literally(name)}=`).join("");
  return filled(text, "os_|oauth_|access_token=", `os_|oauth_|access_token=${further}`);
}
