import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { NetworkView } from "#lib/networks/view";
import type { Json } from "./define";
import { sentenceOf } from "./describe";
import { ACTIONS, type AuditEntry, EVENTS } from "./event";

const actor = { kind: "user", id: null, name: "mara" } as const;
const tell = (action: string, after: Json = null, before: Json = null) =>
  sentenceOf({ action, actor, subject: { kind: "token", id: null, name: "Nightly" }, detail: { before, after } });

describe("the sentence of an event", () => {
  it.each(ACTIONS)("%s begins with the actor, ends with a full stop, and needs no detail to be whole", (action) => {
    const sentence = tell(action);
    expect(sentence).toMatch(/^mara [a-z].*[^ ,(:]\.$/);
    expect(sentence).not.toMatch(/undefined|null|\[object|{| {2}/);
  });

  it("names what matters: for whom, why, who was added", () => {
    expect(tell("token.issued", { owner: "ci" })).toBe("mara issued the token “Nightly” for ci.");
    expect(tell("token.revoked", { revocation: { reason: "key_compromise" } })).toBe(
      "mara revoked the token “Nightly”: its secret was exposed.",
    );
    expect(tell("group.members-added", { users: ["ada", "bob"] })).toBe("mara added ada, bob to Nightly.");
    expect(tell("user.created", { kind: "service" })).toBe("mara created the service account Nightly.");
    expect(tell("network.created", { ranges: ["10.0.0.0/8"] })).toBe("mara created the network Nightly: 10.0.0.0/8.");
    expect(tell("user.password-changed", { endedSessions: 1 })).toMatch(/and ended 1 other session\.$/);
  });

  it("says what changed, where that is short", () => {
    const before = { name: "office", ranges: ["10.0.0.0/8", "192.0.2.0/24"], version: 1 };
    const after = { name: "hq", ranges: ["192.0.2.0/24", "2001:db8::/32"], version: 2 };
    expect(tell("network.edited", after, before)).toBe(
      "mara changed the network Nightly: name from “office” to “hq”; ranges: added 2001:db8::/32, took out 10.0.0.0/8.",
    );
    expect(tell("application.edited", { rules: { password: "block" } }, { rules: { password: "observe" } })).toBe(
      "mara changed the application Nightly: rule for password from “observe” to “block”.",
    );
  });

  it("says when the command line did it", () => {
    const sentence = sentenceOf({
      action: "group.created",
      actor: { kind: "cli", id: null, name: "root" },
      subject: { kind: "group", id: null, name: "ops" },
      detail: { before: null, after: null },
    });
    expect(sentence).toBe("root (command line) created the group ops.");
  });

  it("stays whole whatever stands in the detail", () => {
    const fields = ["users", "revocation", "reason", "suspension", "note", "owner", "rules", "name", "ranges", "kind"];
    const odd = fc.letrec<{ any: Json }>((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<Json>(null, 7, true, "text", "", [], {}),
        fc.array(tie("any"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...fields, "__proto__", "constructor"), tie("any"), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(fc.constantFrom(...ACTIONS), odd, odd, (action, before, after) => {
        const sentence = tell(action, after, before);
        expect(sentence).toMatch(/^mara .*\.$/s);
        expect(sentence).not.toMatch(/undefined|\[object/);
      }),
    );
  });

  it("is there for what only another version knows, also for names that every object has", () => {
    for (const action of ["cat.fed", "constructor", "__proto__"]) {
      expect(tell(action)).toBe(`mara did something that this version has no words for (${action}) to Nightly.`);
    }
  });
});

describe("the vocabulary", () => {
  it("names the kind of thing before the dot, but for what set-up does to the installation", () => {
    const odd = Object.entries(EVENTS).filter(([action, { kind }]) => !action.startsWith(`${kind}.`));
    expect(odd.map(([action]) => action).sort()).toEqual(["setup.completed", "setup.opened"]);
  });

  it("says for each action what its detail holds: a command that writes anything else does not compile", () => {
    expectTypeOf<AuditEntry<"network.edited">["detail"]>().toEqualTypeOf<{
      readonly before: NetworkView;
      readonly after: NetworkView;
    }>();
    expectTypeOf<AuditEntry<"network.deleted">["detail"]["after"]>().toEqualTypeOf<null>();
  });
});
