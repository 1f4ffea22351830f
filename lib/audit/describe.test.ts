import { describe, expect, it } from "vitest";
import { sentenceOf } from "./describe";
import { AUDIT_ACTIONS, type AuditAction, type Json } from "./event";

const actions = Object.keys(AUDIT_ACTIONS) as AuditAction[];
const actor = { kind: "user", id: null, name: "mara" } as const;
const tell = (action: AuditAction, after: Json = null, before: Json = null) =>
  sentenceOf({ action, actor, subject: { id: null, name: "Nightly" }, detail: { before, after } });

describe("the sentence of an event", () => {
  it.each(actions)("%s begins with the actor, ends with a full stop, and needs no detail to be whole", (action) => {
    const sentence = tell(action);
    expect(sentence).toMatch(/^mara [a-z].*[^ ,(]\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object|{| {2}/);
  });

  it("names what matters: for whom, why, who was added", () => {
    expect(tell("token.issued", { owner: { username: "ci" } })).toBe("mara issued the token “Nightly” for ci.");
    expect(tell("token.revoked", { revocation: { reason: "key_compromise" } })).toBe(
      "mara revoked the token “Nightly”: its secret was exposed.",
    );
    expect(tell("group.members-added", { users: ["ada", "bob"] })).toBe("mara added ada, bob to Nightly.");
    expect(tell("user.created", { kind: "service" })).toBe("mara created the service account Nightly.");
  });

  it("says when the command line did it", () => {
    const sentence = sentenceOf({
      action: "group.created",
      actor: { kind: "cli", id: null, name: "root" },
      subject: { id: null, name: "ops" },
      detail: { before: null, after: null },
    });
    expect(sentence).toBe("root (command line) created the group ops.");
  });

  it("stays whole whatever stands in the detail", () => {
    for (const odd of [[], "text", 7, true, { users: { a: 1 } }, { owner: [] }, { revocation: "x" }] satisfies Json[]) {
      for (const action of actions) expect(tell(action, odd, odd)).toMatch(/^mara .*\.$/);
    }
  });
});
