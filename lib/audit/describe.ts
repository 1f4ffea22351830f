import { type AuditAction, type AuditEvent, EVENTS } from "./event";

const isAction = (action: string): action is AuditAction => Object.hasOwn(EVENTS, action);

/** An event as a sentence: who did what. Stays whole whatever another version has written. */
export function sentenceOf({
  actor,
  action,
  subject,
  detail,
}: Pick<AuditEvent, "actor" | "action" | "subject" | "detail">): string {
  const who = actor.kind === "cli" ? `${actor.name} (command line)` : actor.name;
  const what = isAction(action)
    ? EVENTS[action].tell(subject.name, detail)
    : `did something that this version has no words for (${action}) to ${subject.name}`;
  return `${who} ${what}.`;
}
