import { describe, expect, it } from "vitest";
import type { Actor } from "#lib/access/viewer";
import { operator, sessionViewer, system, tokenItself, tokenViewer, visitor } from "#lib/auth/actors";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import { type ActorKind, throughDoor, VIEWERS } from "./door";

const ann = {
  ...{ userId: "u1", username: "ann", displayName: "Ann", role: "admin" as const, groupIds: [], address: "::1" },
};
const script = (access: "read" | "write") =>
  tokenViewer({
    ...{ kind: "token", ...ann, tokenId: "t1", tokenName: "ci", access },
    ...{ applications: ["latchkey"], ipRanges: [], narrowing: UNRESTRICTED, expiresAt: null },
  });
const ACTORS: Readonly<Record<string, Actor>> = {
  session: sessionViewer({ kind: "session", ...ann, sessionId: "s1", steppedUpAt: null, secondFactor: true }),
  unproven: sessionViewer({ kind: "session", ...ann, sessionId: "s2", steppedUpAt: null, secondFactor: false }),
  reader: script("read"),
  writer: script("write"),
  itself: tokenItself({
    ...{ kind: "itself", tokenId: "t1", tokenName: "ci", ownerId: "u1", ownerName: "ann", address: "::1" },
  }),
  cli: operator(),
  system: system("start"),
  visitor: visitor("::1", ""),
};

const said = (door: readonly ActorKind[]) =>
  Object.fromEntries(
    Object.entries(ACTORS).map(([who, actor]) => {
      const came = throughDoor(actor, door);
      return [who, came.ok ? "in" : came.refusal.code];
    }),
  );

describe("a command's door", () => {
  it("lets everybody in who is somebody, except a token that may only read", () => {
    const all = { session: "in", unproven: "forbidden", reader: "forbidden", writer: "in", cli: "in", system: "in" };
    expect(said(VIEWERS)).toEqual({ ...all, itself: "forbidden", visitor: "unauthenticated" });
  });

  it("is shut to everybody whose kind it does not name", () => {
    const none = {
      session: "forbidden",
      unproven: "forbidden",
      reader: "forbidden",
      writer: "forbidden",
      itself: "forbidden",
      cli: "forbidden",
    };
    const shut = { ...none, system: "forbidden", visitor: "unauthenticated" };
    expect(said(["session"])).toEqual({ ...shut, session: "in" });
    expect(said(["session", "unproven"])).toEqual({ ...shut, session: "in", unproven: "in" });
    expect(said(["itself"])).toEqual({ ...shut, itself: "in" });
    expect(said(["cli"])).toEqual({ ...shut, cli: "in" });
    expect(said(["system"])).toEqual({ ...shut, system: "in" });
    expect(said(["visitor"])).toEqual({ ...shut, visitor: "in" });
    expect(said([])).toEqual(shut);
  });

  it("says who may come instead", () => {
    const detail = (actor: keyof typeof ACTORS, door: readonly ActorKind[]) => {
      const came = throughDoor(ACTORS[actor] ?? operator(), door);
      return came.ok ? "" : came.refusal.detail;
    };
    expect(detail("writer", ["session"])).toBe("A token can never do this. Do it in the portal, signed in.");
    expect(detail("session", ["cli"])).toBe("Only the operator at the command line does this.");
    expect(detail("unproven", ["session"])).toMatch(/second factor/);
    expect(detail("reader", VIEWERS)).toBe("This token may only read. Use one that may write.");
  });
});
