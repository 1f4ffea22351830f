import { userInfo } from "node:os";
import type {
  CliViewer,
  SessionViewer,
  SystemViewer,
  TokenItself,
  TokenViewer,
  VisitorViewer,
} from "#lib/access/viewer";

// The brand exists for the compiler only: these casts are the one place where viewers come from.

/** A signed-in person, from a session row that was just checked. */
export const sessionViewer = (facts: Unbranded<SessionViewer>): SessionViewer => facts as SessionViewer;

/** The owner of a token for `latchkey`, from a token that was just judged. */
export const tokenViewer = (facts: Unbranded<TokenViewer>): TokenViewer => facts as TokenViewer;

/** A token of any application, that was just judged, about itself. */
export const tokenItself = (facts: Unbranded<TokenItself>): TokenItself => facts as TokenItself;

/** Whoever runs the command line: they hold the database's password. */
export const operator = (): CliViewer => ({ kind: "cli", osUser: osUser() }) as CliViewer;

/** Latchkey itself. @param name in which part, for the audit log: `start` */
export const system = (name: string): SystemViewer => ({ kind: "system", name }) as SystemViewer;

/** Nobody yet, from this address with this browser. */
export const visitor = (address: string, userAgent: string): VisitorViewer =>
  ({ kind: "visitor", address, userAgent: userAgent.slice(0, 300) }) as VisitorViewer;

type Unbranded<T> = { [K in keyof T as K extends string ? K : never]: T[K] };

/** A container may run as a number that no name belongs to. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ERR_SYSTEM_ERROR")
      return `${process.getuid?.()}`;
    throw thrown;
  }
}
