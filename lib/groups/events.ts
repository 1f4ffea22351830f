import { defineEvents, event } from "#lib/audit/define";
import { few, text, texts, when, wordFor } from "#lib/audit/words";
import type { GroupView } from "./view";

const GIVES_NONE = "gives no role any more";
const MEANS: Readonly<Record<string, string>> = {
  admin: "makes its members administrators now",
  auditor: "makes its members auditors now",
};

type Members = { readonly users: readonly string[] };

/** What can happen to groups. */
export const GROUP_EVENTS = defineEvents("group", {
  "group.created": event<null, GroupView>(
    ({ subject, after }) =>
      `created the group ${subject}${when(text(after?.role), (role) => `, which gives the role ${role}`)}`,
  ),
  "group.edited": event<GroupView, GroupView>(({ subject, before, after }) => {
    const [old, name] = [text(before?.ref), text(after?.ref)];
    const renamed = old === "" || old === name ? "" : `, called ${old} before`;
    const role = text(after?.role);
    return `changed the group ${subject}${renamed}${role === text(before?.role) ? "" : `: it ${wordFor(MEANS, role, GIVES_NONE)}`}`;
  }),
  "group.deleted": event<GroupView, null>(({ subject }) => `deleted the group ${subject}`),
  "group.members-added": event<null, Members>(
    ({ subject, after }) => `added ${few(texts(after?.users)) || "members"} to ${subject}`,
  ),
  "group.members-removed": event<Members, null>(
    ({ subject, before }) => `removed ${few(texts(before?.users)) || "members"} from ${subject}`,
  ),
});
