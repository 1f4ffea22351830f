import { type Command, Option } from "commander";
import { Misuse } from "./misuse";

/** Options as commander reads them: a text, several, or a switch. */
export type Options = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

/** An option that may be given several times, once per value. */
export function repeated(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeat for more)`).argParser(collect);
}

/** The options that every command has which makes something from a body. */
export function withBody(command: Command): Command {
  return command.option("--json <file>", "the same body as the REST API, from a file or, with -, from stdin");
}

/** The options that every command has whose answer holds a secret. */
export function withSecret(command: Command): Command {
  return command.option("--secret-file <file>", "write the secret there (mode 0600) instead of printing it");
}

/** The text of an option, if it was given. */
export function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}

/** The texts of a repeated option, if it was given. */
export function textsOf(options: Options, name: string): readonly string[] | undefined {
  const value = options[name];
  return Array.isArray(value) ? value : undefined;
}

const flag = (name: string) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Sees to it that options are there which cannot be left out. */
export function required(options: Options, ...names: readonly string[]): void {
  const missing = names.filter((name) => options[name] === undefined).map(flag);
  if (missing.length > 0) throw new Misuse(`Say ${missing.join(" and ")}.`);
}

/** The text of an option that must be there. */
export function textAt(options: Options, name: string): string {
  required(options, name);
  return textOf(options, name) ?? "";
}

/** Leaves out what was not said. */
export function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Splits `name=value`. */
export function pair(text: string, separator: string, example: string): readonly [string, string] {
  const at = text.indexOf(separator);
  if (at < 1) throw new Misuse(`“${text}” is not like ${example}.`);
  return [text.slice(0, at).trim(), text.slice(at + separator.length).trim()];
}
