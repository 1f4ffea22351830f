import { Command, CommanderError } from "commander";
import { isUnavailable } from "#lib/db/failure";
import { ConfigurationError } from "#lib/env";
import { refuse } from "#lib/errors/error";
import { log } from "#lib/log";
import { StartFailure } from "#server/start-failure";
import { addChecks } from "./checks";
import { Misuse } from "./misuse";
import { printRefusal, printUnexpected } from "./output";
import { addPeople } from "./people";
import { addRules } from "./rules";
import { addTokens } from "./tokens";
import { addUpstreams } from "./upstreams";

process.env.LOG_LEVEL ??= "warn";
process.noDeprecation = true;

const WRONG_USAGE = 2;

function program(): Command {
  const latchkey = new Command("latchkey").description(
    "Administers Latchkey at its database, as the system's operator. Prints JSON on stdout, a problem on stderr; ends with 0 when done, 1 when refused, 2 on wrong usage.",
  );
  for (const add of [addPeople, addRules, addUpstreams, addTokens, addChecks]) add(latchkey);
  for (const command of [latchkey, ...latchkey.commands.flatMap((noun) => [noun, ...noun.commands])]) {
    command.exitOverride().helpCommand(false).allowExcessArguments(false).showHelpAfterError("(--help tells more)");
  }
  return latchkey;
}

function end(thrown: unknown): void {
  if (thrown instanceof CommanderError) {
    // Commander has said it already. Asking for help is no mistake.
    process.exitCode = thrown.exitCode === 0 ? 0 : WRONG_USAGE;
    return;
  }
  if (thrown instanceof Misuse) {
    process.stderr.write(`error: ${thrown.message}\n(--help tells more)\n`);
    process.exitCode = WRONG_USAGE;
    return;
  }
  if (thrown instanceof StartFailure || thrown instanceof ConfigurationError) return printUnexpected(thrown.message);
  if (isUnavailable(thrown)) {
    const away = refuse("unavailable", "The database does not answer. Nothing was changed. Try again in a moment.");
    if (!away.ok) printRefusal(away.refusal);
    return;
  }
  log.error("cli.unexpected", { error: thrown });
  printUnexpected("This is our mistake, not yours; what went wrong stands above.");
}

try {
  await program().parseAsync();
} catch (thrown) {
  end(thrown);
}
