import { refusedInput } from "#lib/errors/invalid-input";
import { draftInput } from "#lib/impact/draft-schema";
import { previewChange } from "#lib/impact/queries";
import { createPolicy } from "#lib/policies/commands/create";
import { deletePolicy } from "#lib/policies/commands/delete";
import { editPolicy } from "#lib/policies/commands/edit";
import { listPolicies, policiesQuery, policyById } from "#lib/policies/queries";
import { changing, deletingRule } from "./changing";
import { readBody } from "./input";
import { JSON_BODY, needed } from "./option";
import { list } from "./paging";
import { verb } from "./verb";

export const policy = {
  create: verb({
    about: "Make a tier",
    options: { json: needed(JSON_BODY) },
    run: async ({ json }, desk) => desk.run(createPolicy, await readBody(json, {})),
  }),
  edit: changing({
    about: "Change a tier for all its members; what is left out stays",
    command: editPolicy,
    find: policyById,
  }),
  delete: deletingRule({
    about: "Delete a tier: its members fall to the next that matches them",
    command: deletePolicy,
    find: policyById,
  }),
  preview: verb({
    about:
      "What a change of tiers, delegations or ceilings would do, with the fingerprint to save it by; changes nothing",
    options: { json: needed(JSON_BODY) },
    run: async ({ json }, desk) => {
      const body = await readBody(json, {});
      if (!body.ok) return body;
      const draft = draftInput.safeParse(body.value);
      if (!draft.success) return refusedInput(draft.error);
      return desk.ask((viewer) => previewChange(viewer, draft.data));
    },
  }),
  list: list("The tiers, the one that decides first on top", policiesQuery, listPolicies),
};
