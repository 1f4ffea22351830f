import type { Command } from "commander";
import type { CliViewer } from "#lib/access/viewer";
import { ok, type Result } from "#lib/errors/error";
import { bodyOf } from "./body";
import { Misuse } from "./misuse";
import { type Options, pair, repeated, required, textAt, textOf, textsOf, withBody, withSecret } from "./options";
import { perform } from "./run";

/** `HOST[/context]` */
function routeOf(text: string): { host: string; context: string } {
  const slash = text.indexOf("/");
  return slash < 0 ? { host: text, context: "" } : { host: text.slice(0, slash), context: text.slice(slash) };
}

function rulesOf(texts: readonly string[] | undefined): Record<string, string> | undefined {
  return texts && Object.fromEntries(texts.map((text) => pair(text, "=", "password=block")));
}

async function createApplication(options: Options): Promise<void> {
  const { createApplication: command } = await import("#lib/applications/commands/create");
  const { key, name, kind, identity } = options;
  const routes = textsOf(options, "route")?.map(routeOf);
  const fields = { key, name, kind, identity, routes, rules: rulesOf(textsOf(options, "rule")) };
  await perform(command, await bodyOf(options, ["key", "name", "kind", "route"], fields), options);
}

function hopsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,3}$/.test(text)) throw new Misuse(`--trusted-hops takes a whole number, not “${text}”.`);
  return Number(text);
}

async function createGateway(options: Options): Promise<void> {
  const { createGateway: command } = await import("#lib/gateways/commands/create");
  const fields = {
    key: options.key,
    adapter: options.adapter,
    applications: textsOf(options, "application"),
    peers: textsOf(options, "peer"),
    trustedHops: hopsOf(textOf(options, "trustedHops")),
    trustedRanges: textsOf(options, "trustedRange"),
  };
  await perform(command, await bodyOf(options, ["key", "adapter", "application"], fields), options);
}

async function rotateSecret(options: Options): Promise<void> {
  required(options, "key");
  const { rotateGatewaySecret } = await import("#lib/gateways/commands/rotate-secret");
  const { gatewayByKey } = await import("#lib/gateways/queries");
  const raw = async (viewer: CliViewer): Promise<Result<object>> => {
    const gateway = await gatewayByKey(viewer, textAt(options, "key"));
    return gateway.ok ? ok({ id: gateway.value.id }) : gateway;
  };
  await perform(rotateGatewaySecret, raw, options);
}

/** `application` and `gateway`. */
export function addUpstreams(program: Command): void {
  const application = program.command("application").description("what stands behind the gateways");
  withBody(application.command("create").description("make an application"))
    .option("--key <key>", "its key, which never changes")
    .option("--name <name>")
    .option("--kind <kind>", "jira, confluence, bitbucket or generic")
    .addOption(repeated("--route <host[/context]>", "where it is found"))
    .addOption(repeated("--rule <class=rule>", "what is done with credentials that are not ours"))
    .option("--identity <mode>", "none, passthrough, header or jwt")
    .action(createApplication);

  const gateway = program.command("gateway").description("who may ask the verifier");
  withSecret(withBody(gateway.command("create").description("make a gateway; its secret is shown once")))
    .option("--key <key>", "its key, which never changes")
    .option("--adapter <adapter>", "nginx, forward, envoy or api")
    .addOption(repeated("--application <key>", "an application that it may ask about"))
    .addOption(repeated("--peer <cidr>", "where it calls from; this machine if left out"))
    .option("--trusted-hops <n>")
    .addOption(repeated("--trusted-range <cidr>", "proxies that it trusts"))
    .action(createGateway);
  withSecret(gateway.command("rotate-secret").description("give it a new secret; the old one works for a day"))
    .option("--key <key>")
    .action(rotateSecret);
}
