import type { CliViewer, SessionViewer, TokenViewer, VisitorViewer } from "#lib/access/viewer";
import { operator, tokenViewer, visitor } from "#lib/auth/actors";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import { UNRESTRICTED } from "#lib/tokens/restrictions/restrictions";
import type { TestInstallation } from "./installation";

/** One of each kind of actor, so that a test can say who may and who may not. */
export type Cast = {
  readonly nobody: VisitorViewer;
  readonly user: SessionViewer;
  readonly auditor: SessionViewer;
  readonly admin: SessionViewer;
  /** Tokens for `latchkey` of the administrator. */
  readonly "read token": TokenViewer;
  readonly "write token": TokenViewer;
  readonly cli: CliViewer;
};

/** Makes a group that is mapped to the role auditor, and people: `ann` (admin), `otto` (auditor), `uma` (neither). */
export async function castOf({ db, person, viewer }: TestInstallation): Promise<Cast> {
  await db.group.create({
    data: {
      name: "auditors",
      externalId: "auditors",
      role: { create: { role: "auditor", mappedBy: "test" } },
    },
  });
  await person("ann", ["admins"]);
  await person("otto", ["auditors"]);
  await person("uma");
  const admin = await viewer("ann");
  const token = (access: "read" | "write") => {
    const { userId, username, displayName, role, groupIds, address } = admin;
    const owner = { userId, username, displayName, role, groupIds, address };
    const id = "0190d4a5-0000-7000-8000-00000000000a";
    const facts = {
      tokenId: id,
      tokenName: "script",
      access,
      applications: ["latchkey"],
      ipRanges: [],
      narrowing: UNRESTRICTED,
      expiresAt: null,
    };
    return tokenViewer({ kind: "token", ...owner, ...facts });
  };
  return {
    nobody: visitor("192.0.2.7", "test"),
    user: await viewer("uma"),
    auditor: await viewer("otto"),
    admin,
    "read token": token("read"),
    "write token": token("write"),
    cli: operator(),
  };
}

/**
 * Lets each of the cast run a command and says what came of it: `done`, or the refusal's code.
 * @param inputFor makes the input, a different one for each where names must be unique
 */
export async function verdicts<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
  { db }: TestInstallation,
  command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
  cast: Cast,
  inputFor: (who: string) => Promise<unknown> | unknown,
  now: number,
): Promise<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const [who, actor] of Object.entries(cast)) {
    const done = await execute(db, command, actor, await inputFor(who), now);
    said[who] = done.ok ? "done" : done.refusal.code;
  }
  return said;
}

/** What administrators alone may do, and auditors see. */
export const ADMINS_ONLY = {
  nobody: "unauthenticated",
  user: "forbidden",
  auditor: "forbidden",
  admin: "done",
  "read token": "forbidden",
  "write token": "done",
  cli: "done",
};
