import type { SubjectKind } from "#lib/audit/define";
import { ACTIONS, EVENTS } from "#lib/audit/event";

const KINDS: Readonly<Record<SubjectKind, string>> = {
  installation: "Installation",
  user: "Users",
  group: "Groups",
  policy: "Tiers",
  delegation: "Delegations",
  network: "Networks",
  application: "Applications",
  gateway: "Gateways",
  token: "Tokens",
  view: "Saved views",
  key: "Keys",
  log: "Audit log",
};

/** What may be chosen as *what*: all of a kind, or one action: `Users → password changed`. */
export const ACTION_CHOICES = Object.entries(KINDS).map(([kind, label]) => {
  const own = ACTIONS.filter((action) => EVENTS[action].kind === kind);
  const choices = own.map((value) => ({ value, label: value.slice(value.indexOf(".") + 1).replaceAll("-", " ") }));
  return { label, choices: [{ value: kind, label: `${label}: everything` }, ...choices] };
});
