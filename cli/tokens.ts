import type { Command } from "commander";
import { now } from "#lib/clock";
import { bodyOf } from "./body";
import { endOf } from "./lifetime";
import { asked, page, paged } from "./lists";
import { Misuse } from "./misuse";
import { type Options, repeated, required, said, textOf, textsOf, withBody, withSecret } from "./options";
import { perform, show } from "./run";

function applicationsOf(keys: readonly string[] | undefined): readonly string[] | "all" | undefined {
  if (!keys?.includes("all")) return keys;
  if (keys.length > 1) throw new Misuse("Say --application all alone, or name applications.");
  return "all";
}

async function createToken(options: Options): Promise<void> {
  const { owner, name, access, delegation } = options;
  const fields = {
    ...{ owner, name, access, delegation },
    applications: applicationsOf(textsOf(options, "application")),
    ipRanges: textsOf(options, "ip"),
    expiresAt: endOf(textOf(options, "expires"), now()),
    override: options.override,
  };
  const body = await bodyOf(options, ["owner", "name", "application", "access"], fields);
  if (body.delegation === undefined) {
    await perform((await import("#lib/tokens/commands/create")).createToken, body, options);
  } else await perform((await import("#lib/tokens/commands/issue")).issueToken, body, options);
}

async function listTokens(options: Options): Promise<void> {
  const { pageOfTokens, tokensQuery } = await import("#lib/tokens/queries");
  const query = { ...page(options), ...said({ owner: options.owner, status: options.status }) };
  await show((viewer) => asked(tokensQuery, query, (wanted) => pageOfTokens(viewer, wanted)));
}

async function revoke(options: Options): Promise<void> {
  required(options, "id");
  const { revokeToken } = await import("#lib/tokens/commands/revoke");
  const { id, reason, note, only } = options;
  await perform(revokeToken, said({ id, reason, note, only }), options);
}

async function suspend(options: Options): Promise<void> {
  required(options, "id");
  const { suspendToken } = await import("#lib/tokens/commands/suspend");
  await perform(suspendToken, said({ id: options.id, note: options.note }), options);
}

async function resume(options: Options): Promise<void> {
  required(options, "id");
  const { resumeToken } = await import("#lib/tokens/commands/resume");
  await perform(resumeToken, said({ id: options.id }), options);
}

async function rotate(options: Options): Promise<void> {
  required(options, "id");
  const { rotateToken } = await import("#lib/tokens/commands/rotate");
  await perform(rotateToken, said({ id: options.id, overlap: options.overlap }), options);
}

/** `token`. */
export function addTokens(program: Command): void {
  const token = program.command("token").description("tokens");
  withSecret(withBody(token.command("create").description("make a token of its owner, or issue one by a delegation")))
    .option("--owner <username>")
    .option("--name <name>")
    .addOption(repeated("--application <key>", "an application, or all"))
    .option("--access <access>", "read or write")
    .option("--expires <when>", "30d, a date, or never; the default lifetime if left out")
    .addOption(repeated("--ip <cidr>", "where it may be used from; anywhere if left out"))
    .option("--delegation <name>", "issue it by this delegation")
    .option("--override", "pass the limits that are judged when a token is made (said loudly in the audit log)")
    .action(createToken);
  paged(token.command("list").description("tokens, the newest first"))
    .option("--owner <username>")
    .option("--status <status>")
    .action(listTokens);
  token
    .command("revoke")
    .description("end a token for good, and the other one of a rotating pair")
    .option("--id <id>")
    .option("--reason <reason>", "no_longer_needed if left out")
    .option("--note <text>")
    .option("--only", "only this one of a rotating pair")
    .action(revoke);
  token.command("suspend").option("--id <id>").option("--note <text>").action(suspend);
  token.command("resume").option("--id <id>").action(resume);
  withSecret(token.command("rotate").description("replace the secret by a successor"))
    .option("--id <id>")
    .option("--overlap <overlap>", "now, 15m, 1h, 24h, 7d or first-use; 24h if left out")
    .action(rotate);
}
