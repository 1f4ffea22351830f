import type { Application } from "#lib/applications/application";
import { filled } from "./configuration";

/** In which headers, as they were written, and parameters, in lower case, a gateway's applications take tokens. */
export type TokenNames = { readonly headers: readonly string[]; readonly parameters: readonly string[] };

/** What every shipped file names: the first among the headers, and not among the parameters. */
export const SHIPPED = { header: "X-Api-Token", parameter: "access_token" } as const;

/** Each name once, whatever its case, without the one that is shipped. */
function others(names: readonly (string | null)[], shipped: string): string[] {
  const byFolded = new Map(names.flatMap((name) => (name === null ? [] : [[name.toLowerCase(), name] as const])));
  byFolded.delete(shipped.toLowerCase());
  return [...byFolded.values()];
}

/** The names of all applications of a gateway together: its configuration knows them for every one of its hosts. */
export function tokenNames(credentials: readonly Pick<Application["credentials"], "header" | "query">[]): TokenNames {
  const headers = credentials.map(({ header }) => header);
  const parameters = credentials.map(({ query }) => query?.toLowerCase() ?? null);
  return {
    headers: [SHIPPED.header, ...others(headers, SHIPPED.header)],
    parameters: others(parameters, SHIPPED.parameter),
  };
}

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
