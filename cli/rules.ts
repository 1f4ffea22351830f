import type { Command } from "commander";
import { bodyOf } from "./body";
import { asked, page, paged } from "./lists";
import { type Options, withBody } from "./options";
import { perform, show } from "./run";

async function createPolicy(options: Options): Promise<void> {
  const { createPolicy: command } = await import("#lib/policies/commands/create");
  await perform(command, await bodyOf(options, ["json"], {}), options);
}

async function createDelegation(options: Options): Promise<void> {
  const { createDelegation: command } = await import("#lib/delegations/commands/create");
  await perform(command, await bodyOf(options, ["json"], {}), options);
}

async function listPolicies(options: Options): Promise<void> {
  const { listPolicies: list, policiesQuery } = await import("#lib/policies/queries");
  await show((viewer) => asked(policiesQuery, page(options), (query) => list(viewer, query)));
}

async function listDelegations(options: Options): Promise<void> {
  const { listDelegations: list, delegationsQuery } = await import("#lib/delegations/queries");
  await show((viewer) => asked(delegationsQuery, page(options), (query) => list(viewer, query)));
}

/** `policy` and `delegation`. */
export function addRules(program: Command): void {
  const policy = program.command("policy").description("tiers: what people may do with tokens of their own");
  withBody(policy.command("create").description("make a policy")).action(createPolicy);
  paged(policy.command("list").description("all policies, the deciding first")).action(listPolicies);
  const delegation = program.command("delegation").description("power over other people's tokens");
  withBody(delegation.command("create").description("make a delegation")).action(createDelegation);
  paged(delegation.command("list").description("all delegations")).action(listDelegations);
}
