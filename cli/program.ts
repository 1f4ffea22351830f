import { Command, CommanderError } from "commander";
import { type Result, refuse } from "#lib/errors/error";
import { NOUNS } from "./nouns";
import { flagOf, type Option } from "./option";
import { isVerb, type Texts, type Verb } from "./verb";

/** What was asked for; or the refusal of wrong usage; or help, which has been printed, with its exit status. */
export type Asked =
  | { readonly verb: Verb; readonly texts: Texts }
  | { readonly refused: Result<never> }
  | { readonly status: 0 | 2 };

/** Commander collects texts; what they mean the options themselves say. */
function declare(command: Command, name: string, { placeholder, about, needed, repeated }: Option<unknown>): void {
  const remarks = [needed === "never" ? "" : "needed", repeated ? "once per value" : ""].filter((each) => each !== "");
  const words = remarks.length === 0 ? about : `${about} (${remarks.join(", ")})`;
  const collect = (text: string, before: readonly string[] = []): readonly string[] => [...before, text];
  if (placeholder === null) command.option(flagOf(name), words);
  else command.option(`${flagOf(name)} <${placeholder}>`, words, collect);
}

function attach(command: Command, verb: Verb, found: (asked: Asked) => void): void {
  for (const [name, option] of Object.entries(verb.options)) declare(command, name, option);
  command.action((typed: Readonly<Record<string, true | readonly string[]>>) => {
    const texts = Object.entries(typed).map(([name, given]) => [name, given === true ? [""] : given]);
    found({ verb, texts: Object.fromEntries(texts) });
  });
}

/** The whole tree of names; the verbs only of the noun that is asked for, whose modules are then loaded. */
async function programFor(noun: string | undefined, found: (asked: Asked) => void): Promise<Command> {
  const program = new Command("latchkey")
    .description("Latchkey's command line. Prints JSON; a refusal goes to stderr, as problem details (RFC 9457).")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  for (const [name, { about, load }] of Object.entries(NOUNS)) {
    const command = program.command(name).description(about).helpCommand(false);
    if (name !== noun) continue;
    const loaded = await load();
    if (isVerb(loaded)) attach(command, loaded, found);
    else
      for (const [word, verb] of Object.entries(loaded))
        attach(command.command(word).description(verb.about), verb, found);
  }
  return program;
}

/** Understands a command line. @param args without the program's own name */
export async function understand(args: readonly string[]): Promise<Asked> {
  const wanted = args[0] === "help" ? [...args.slice(1), "--help"] : args;
  let asked: Asked = { status: 2 };
  const program = await programFor(wanted[0], (found) => {
    asked = found;
  });
  try {
    await program.parseAsync(wanted, { from: "user" });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.code === "commander.helpDisplayed") return { status: 0 };
    if (thrown.code === "commander.help") return { status: 2 };
    const sentence = thrown.message.replace(/^error: |\.$/g, "").replace(/\s*\n\s*/g, " ");
    return {
      refused: refuse(
        "malformed",
        `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}. Add --help to see what there is.`,
      ),
    };
  }
  return asked;
}
