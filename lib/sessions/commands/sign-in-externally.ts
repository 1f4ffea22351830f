import { defineCommand, nothingToFind, nothingToPrepare, whoeverCame } from "#lib/commands/command";
import { ok, refuse } from "#lib/errors/error";
import { followDirectory } from "#lib/groups/store-directory";
import { externalUser } from "#lib/users/store-external";
import { externalPerson } from "../claims";
import { openSession } from "../store";

const CLOCK_SKEW_MS = 60_000;

/** When they proved to be present: what the provider says, unless it says nothing or a time to come. */
const provedAt = (at: number | null, now: number) =>
  at === null || at > now + CLOCK_SKEW_MS ? null : Math.min(at, now);

/**
 * Opens a session for somebody whom the configured identity provider vouches for; next-auth has judged its answer. Who
 * comes for the first time gets an account; groups are what the provider says today. What it asked for as a second
 * factor counts as one.
 */
export const signInExternally = defineCommand({
  input: externalPerson,
  door: ["visitor"],
  whileRestored: "open",
  stepUp: false,
  administration: "may change",
  prepare: nothingToPrepare,
  subject: nothingToFind,
  allows: whoeverCame,
  perform: async ({ tx, actor, now }, _subject, person) => {
    const user = await externalUser(tx, person, now);
    if (!user.ok) return user;
    const { id, username, events } = user.value;
    const moved = await followDirectory(tx, { id, username }, person.issuer, person.groups, now);
    const proved = { stepUpAt: provedAt(person.authenticatedAt, now), secondFactorAt: now };
    const opened = await openSession(tx, actor, id, proved, now);
    if (opened === null) return refuse("unauthenticated", "This account is deactivated. Ask an administrator.");
    const detail = { before: null, after: { address: actor.address, secondFactor: "provider" as const } };
    const subject = { id, name: username };
    return ok({
      output: { sessionId: opened.sessionId, userId: id },
      events: [{ action: "user.signed-in", subject, detail }, ...events, ...moved],
    });
  },
  conflicts: {
    users_username_key_key: { code: "already_exists", path: "username", detail: "This username is taken." },
    user_aliases_pkey: {
      code: "already_exists",
      path: "email",
      detail: "This e-mail address belongs to somebody else.",
    },
    users_source_external_id_key: {
      code: "stale",
      detail: "Somebody signed in with this account just now. Try again.",
    },
    groups_source_external_id_key: { code: "stale", detail: "A group was made just now. Try again." },
  },
});
