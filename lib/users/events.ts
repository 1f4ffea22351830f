import { changes } from "#lib/audit/changes";
import { defineEvents, event } from "#lib/audit/define";
import { text } from "#lib/audit/words";
import type { Role, UserKind } from "./user";
import type { UserView } from "./view";

const FIELDS = {
  username: "username",
  displayName: "display name",
  email: "e-mail address",
  groups: "groups",
  aliases: "aliases",
  usernames: "username in",
  maintainers: "maintaining",
};

type Account = { readonly kind: UserKind; readonly email: string | null; readonly role: Role };
type Since = { readonly deactivatedAt: string | null };

/** What can happen to users; what they do with their sessions stands with the sessions. */
export const USER_EVENTS = defineEvents("user", {
  "user.created": event<null, Account>(({ subject, after }) =>
    text(after?.kind) === "service" ? `created the service account ${subject}` : `created the user ${subject}`,
  ),
  "user.edited": event<UserView, UserView>(
    ({ subject, before, after }) => `changed ${subject}${changes(before, after, FIELDS)}`,
  ),
  "user.deleted": event<UserView, null>(({ subject }) => `deleted ${subject}, who had no history`),
  "user.deactivated": event<Since, Since & { readonly endedSessions: number }>(
    ({ subject }) => `deactivated ${subject}: their tokens stop and they cannot sign in`,
  ),
  "user.reactivated": event<Since, Since>(({ subject }) => `reactivated ${subject}`),
  "user.password-set": event<null, { readonly endedSessions: number }>(
    ({ subject }) => `set the password of ${subject} and ended their sessions`,
  ),
  "user.password-changed": event<null, { readonly endedSessions: number }>(({ subject, after }) => {
    const ended = Number(text(after?.endedSessions)) || 0;
    const others = ended === 1 ? "1 other session" : `${ended} other sessions`;
    return `changed the password of ${subject}${ended === 0 ? "" : ` and ended ${others}`}`;
  }),
});
