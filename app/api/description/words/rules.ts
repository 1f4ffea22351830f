import type { ErrorCode } from "#lib/errors/error";
import {
  DELEGATION,
  KEY,
  LOCKOUT,
  NETWORK,
  POLICY,
  QUARANTINE,
  QUARANTINE_ENDED,
  RULES_IMPACT,
  SETTINGS,
  SIMULATION,
} from "../objects/rules";
import { listOf } from "../objects/shape";
import type { Chapter } from "./words";

const AHEAD =
  "Ask the preview first: what breaks tokens sends its `fingerprint` and says what happens to them (`affected`).";
const CHANGES: readonly ErrorCode[] = ["stale", "not_enforced_yet"];

/** Who may do what: policies, delegations, networks, and the settings above them. */
export const RULES: Chapter = {
  "GET policies": { does: "List policies", answers: listOf(POLICY) },
  "POST policies": { does: "Make a policy", more: AHEAD, answers: POLICY, refuses: CHANGES },
  "GET policies/[id]": { does: "Read a policy", answers: POLICY },
  "PATCH policies/[id]": { does: "Edit a policy", more: AHEAD, answers: POLICY, refuses: CHANGES },
  "DELETE policies/[id]": { does: "Delete a policy", more: AHEAD, answers: POLICY, refuses: CHANGES },
  "POST policies/[id]/move": {
    does: "Change which policy decides first",
    more: `\`above\` is the policy that it shall stand above; null is the bottom. ${AHEAD}`,
    answers: POLICY,
    refuses: CHANGES,
  },
  "POST policies/preview": {
    does: "See what a change of the rules would do",
    more: "To people and to tokens, before it is saved. Changes nothing.",
    answers: RULES_IMPACT,
    refuses: ["stale", "not_found", "not_enforced_yet", "already_exists"],
  },
  "POST policies/simulate": {
    does: "Ask what the rules say to somebody's wish",
    more: "The rules of now, or a draft. Changes nothing.",
    answers: SIMULATION,
    refuses: ["stale", "not_found", "not_enforced_yet"],
  },
  "POST lockouts/preview": {
    does: "See whom a change would turn away",
    more: "Of the installation's ranges, a network, a gateway or an application, by what was recorded in the last thirty days; `unknown` says what no record can tell. Changes nothing.",
    answers: LOCKOUT,
    refuses: ["not_found"],
  },
  "GET delegations": { does: "List delegations", answers: listOf(DELEGATION) },
  "POST delegations": { does: "Make a delegation", answers: DELEGATION, refuses: CHANGES },
  "GET delegations/[id]": { does: "Read a delegation", answers: DELEGATION },
  "PATCH delegations/[id]": { does: "Edit a delegation", more: AHEAD, answers: DELEGATION, refuses: CHANGES },
  "DELETE delegations/[id]": { does: "Delete a delegation", more: AHEAD, answers: DELEGATION, refuses: CHANGES },
  "GET networks": { does: "List networks", answers: listOf(NETWORK) },
  "POST networks": { does: "Make a network", answers: NETWORK },
  "GET networks/[id]": { does: "Read a network", answers: NETWORK },
  "PATCH networks/[id]": { does: "Edit a network", answers: NETWORK, refuses: ["in_use"] },
  "GET keys": {
    does: "List the keys that sign and seal",
    more: "Their names and times, the one in use first; never the keys. They are rotated by `latchkey key rotate`.",
    answers: listOf(KEY),
  },
  "GET quarantine": { does: "Read whether the installation is in quarantine, and why", answers: QUARANTINE },
  "POST quarantine/end": {
    does: "End the quarantine",
    more: "This database is the one that holds from now on, and what the journal of ends tells must have been done again: `latchkey journal replay` does. Where it tells of people, groups, settings or keys, only the command line ends the quarantine.",
    answers: QUARANTINE_ENDED,
  },
  "GET settings": { does: "Read the settings of the installation", answers: SETTINGS },
  "PATCH settings": {
    does: "Change the settings of the installation",
    more: `The prefix that another replaces retires, and is removed by leaving it out of the list once no token bears it. ${AHEAD}`,
    answers: SETTINGS,
    refuses: [...CHANGES, "in_use"],
  },
  "DELETE networks/[id]": { does: "Delete a network that nothing names", answers: NETWORK, refuses: ["in_use"] },
};
