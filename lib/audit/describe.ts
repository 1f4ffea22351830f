import type { AuditAction, AuditEvent, Json } from "./event";

type Told = Pick<AuditEvent, "action" | "subject" | "detail">;

/** A value of `detail.after` or `detail.before`, however deep, as text; empty where there is none. */
function value(source: Json, ...path: readonly string[]): string {
  let at: Json | undefined = source;
  for (const step of path) {
    if (at === null || typeof at !== "object" || Array.isArray(at)) return "";
    at = (at as { readonly [key: string]: Json })[step];
  }
  if (Array.isArray(at)) return at.filter((item) => typeof item === "string").join(", ");
  return typeof at === "string" || typeof at === "number" ? String(at) : "";
}

const quoted = (name: string): string => `“${name}”`;
const when = (text: string, words: (text: string) => string): string => (text === "" ? "" : words(text));

const FIELDS: Readonly<Record<string, string>> = {
  username: "username",
  displayName: "display name",
  email: "e-mail address",
  groups: "groups",
  aliases: "aliases",
  usernames: "usernames per application",
  maintainers: "maintainers",
};

/** Which of a user's fields differ, in words. */
function changedFields({ before, after }: Told["detail"]): string {
  const part = (source: Json, field: string) =>
    JSON.stringify(typeof source === "object" && source !== null ? Reflect.get(source, field) : null);
  return Object.keys(FIELDS)
    .filter((field) => part(before, field) !== part(after, field))
    .map((field) => FIELDS[field])
    .join(", ");
}

const REASONS: Readonly<Record<string, string>> = {
  key_compromise: "its secret was exposed",
  superseded: "another one took its place",
  affiliation_changed: "its owner moved on",
  no_longer_needed: "no longer needed",
  privilege_withdrawn: "the right was withdrawn",
  policy: "a policy asked for it",
  unused: "unused",
};

const AUDIENCES: Readonly<Record<string, string>> = {
  group: "members of api-users",
  request: "everyone, on request",
  "everyone-read": "everyone, read only",
};

/** One sentence for each thing that can happen, without the actor: they stand before it. Exhaustive by type. */
const SENTENCES: Readonly<Record<AuditAction, (event: Told) => string>> = {
  "installation.created": () => "set up this installation",
  "setup.opened": () => "opened the set-up for an hour, with a new link",
  "setup.completed": ({ detail }) =>
    `made ${value(detail.after, "admin") || "somebody"} the first administrator${when(value(detail.after, "audience"), (audience) => `; who may have tokens: ${AUDIENCES[audience] ?? audience}`)}`,
  "user.created": ({ subject, detail }) =>
    value(detail.after, "kind") === "service"
      ? `created the service account ${subject.name}`
      : `created the user ${subject.name}`,
  "user.edited": ({ subject, detail }) =>
    `changed ${subject.name}${when(changedFields(detail), (fields) => `: ${fields}`)}`,
  "user.deleted": ({ subject }) => `deleted ${subject.name}, who had no history`,
  "user.deactivated": ({ subject }) => `deactivated ${subject.name}: their tokens stop and they cannot sign in`,
  "user.reactivated": ({ subject }) => `reactivated ${subject.name}`,
  "user.signed-in": ({ subject, detail }) =>
    `signed in as ${subject.name}${when(value(detail.after, "address"), (at) => ` from ${at}`)}`,
  "user.signed-out": ({ detail }) => `ended a session${when(value(detail.before, "address"), (at) => ` from ${at}`)}`,
  "user.confirmed": () => "confirmed with their password that it is them",
  "user.password-changed": ({ subject, detail }) =>
    `changed the password of ${subject.name}${when(value(detail.after, "endedSessions"), (n) => (n === "0" ? "" : ` and ended ${n} other sessions`))}`,
  "group.created": ({ subject }) => `created the group ${subject.name}`,
  "group.edited": ({ subject, detail }) => {
    const role = value(detail.after, "role");
    const name = value(detail.after, "ref");
    const renamed = when(value(detail.before, "ref"), (old) => (old === name ? "" : `, called ${old} before`));
    if (role === value(detail.before, "role")) return `changed the group ${subject.name}${renamed}`;
    const means =
      role === ""
        ? "gives no role any more"
        : `makes its members ${role === "admin" ? "administrators" : "auditors"} now`;
    return `changed the group ${subject.name}${renamed}: it ${means}`;
  },
  "group.deleted": ({ subject }) => `deleted the group ${subject.name}`,
  "group.members-added": ({ subject, detail }) =>
    `added ${value(detail.after, "users") || "members"} to ${subject.name}`,
  "group.members-removed": ({ subject, detail }) =>
    `removed ${value(detail.before, "users") || "members"} from ${subject.name}`,
  "policy.created": ({ subject }) => `created the tier ${subject.name}`,
  "delegation.created": ({ subject }) => `created the delegation ${subject.name}`,
  "network.created": ({ subject }) => `created the network ${subject.name}`,
  "network.edited": ({ subject }) => `changed the network ${subject.name}`,
  "network.deleted": ({ subject }) => `deleted the network ${subject.name}`,
  "application.created": ({ subject }) => `created the application ${subject.name}`,
  "application.edited": ({ subject }) => `edited the application ${subject.name}`,
  "gateway.created": ({ subject }) => `created the gateway ${subject.name}`,
  "gateway.edited": ({ subject }) => `edited the gateway ${subject.name}`,
  "gateway.secret-rotated": ({ subject }) => `gave the gateway ${subject.name} a new secret`,
  "token.created": ({ subject }) => `created the token ${quoted(subject.name)}`,
  "token.issued": ({ subject, detail }) =>
    `issued the token ${quoted(subject.name)}${when(value(detail.after, "owner", "username") || value(detail.after, "owner"), (owner) => ` for ${owner}`)}`,
  "token.suspended": ({ subject }) => `suspended the token ${quoted(subject.name)}`,
  "token.resumed": ({ subject }) => `let the token ${quoted(subject.name)} go on`,
  "token.rotated": ({ subject }) => `rotated the token ${quoted(subject.name)}: a new secret took its place`,
  "token.revoked": ({ subject, detail }) =>
    `revoked the token ${quoted(subject.name)}${when(REASONS[value(detail.after, "revocation", "reason")] ?? "", (why) => `: ${why}`)}`,
  "key.rotated": ({ subject }) => `rotated the key ${subject.name}`,
};

/** An event as a sentence: who did what. */
export function sentenceOf(event: Told & Pick<AuditEvent, "actor">): string {
  const who = event.actor.kind === "cli" ? `${event.actor.name} (command line)` : event.actor.name;
  return `${who} ${SENTENCES[event.action](event)}.`;
}
