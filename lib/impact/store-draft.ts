import type { Transaction } from "#lib/db/client";
import { delegationDeleted, delegationEdited } from "#lib/delegations/store-change";
import type { Result } from "#lib/errors/error";
import { policyDeleted, policyEdited, policyMade, policyMoved } from "#lib/policies/store-change";
import { ceilingsEdited } from "#lib/settings/store-change";
import type { Change } from "./change";
import type { Draft } from "./draft-schema";

/** What a draft would change, by the same functions as the command that saves it. @returns the command's refusal */
export async function changeOf(tx: Transaction, draft: Draft): Promise<Result<Change>> {
  switch (draft.change) {
    case "policy.create": {
      const { change: _name, ...wished } = draft;
      return policyMade(tx, wished);
    }
    case "policy.edit": {
      const { change: _name, id, ...wished } = draft;
      return policyEdited(tx, id, wished);
    }
    case "policy.delete":
      return policyDeleted(tx, draft.id);
    case "policy.move":
      return policyMoved(tx, draft.id, draft.above);
    case "delegation.edit": {
      const { change: _name, id, ...wished } = draft;
      return delegationEdited(tx, id, wished);
    }
    case "delegation.delete":
      return delegationDeleted(tx, draft.id);
    case "settings.edit":
      return ceilingsEdited(tx, draft.ceiling);
  }
}
