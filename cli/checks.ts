import type { Command } from "commander";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { ok } from "#lib/errors/error";
import { asked } from "./lists";
import { Misuse } from "./misuse";
import { type Options, pair, repeated, required, said, textsOf } from "./options";
import { show } from "./run";
import { readLine } from "./stdin";

/** Headers by name; one that is given twice has both values. */
function headersOf(lines: readonly string[], authorization: string): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const line of lines) {
    const [name, value] = pair(line, ":", "Name: value");
    if (name.toLowerCase() === "authorization") {
      throw new Misuse("The value of Authorization comes on stdin: a command line can be read by everybody.");
    }
    const before = headers[name];
    headers[name] = before === undefined ? value : [before, value].flat();
  }
  return authorization === "" ? headers : { ...headers, Authorization: authorization };
}

async function verify(options: Options): Promise<void> {
  required(options, "gateway", "method", "uri", "host", "clientIp");
  const { gateway, method, uri, host, clientIp } = options;
  const headers = headersOf(textsOf(options, "header") ?? [], await readLine());
  const { explainInput, explainRequest } = await import("#lib/verification/queries");
  const proto = options.proto ?? "https";
  await show((viewer) =>
    asked(explainInput, said({ gateway, method, uri, host, clientIp, proto, headers }), (question) =>
      explainRequest(viewer, question),
    ),
  );
}

async function verifyAudit(): Promise<void> {
  const { verifyAuditChain } = await import("#lib/audit/verify");
  const { keyRing } = await import("#lib/keys/ring");
  await show(async () => {
    const db = database();
    const report = await verifyAuditChain(db, await keyRing(db, "audit", now()));
    if (report.firstBad !== null) process.exitCode = 1;
    return ok({ valid: report.firstBad === null, ...report });
  });
}

/** `verify` and `audit`. */
export function addChecks(program: Command): void {
  program
    .command("verify")
    .description("explain what the verifier would decide; the value of Authorization comes on stdin")
    .option("--gateway <key>")
    .option("--method <method>")
    .option("--uri <uri>")
    .option("--host <host>")
    .option("--client-ip <ip>")
    .option("--proto <proto>", "https if left out")
    .addOption(repeated("--header <name: value>", "a header of the request"))
    .action(verify);
  program
    .command("audit")
    .description("the audit log")
    .command("verify")
    .description("follow the chain; status 1 and the first bad row when it is broken")
    .action(verifyAudit);
}
