import type { SessionViewer } from "#lib/access/viewer";
import { operator, visitor } from "#lib/auth/actors";
import { sealSession } from "#lib/auth/session-cookie";
import { viewerOfCookie } from "#lib/auth/session-viewer";
import type { Command } from "#lib/commands/command";
import type { ActorKind } from "#lib/commands/door";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { keyRing } from "#lib/keys/ring";
import { signIn } from "#lib/sessions/commands/sign-in";
import type { Made } from "#lib/tokens/made";

const OFFICE = "192.0.2.20";

/** What one of the cast did, refused: a mistake of the story, told with its words. */
function value<T>(done: Result<T>): T {
  if (done.ok) return done.value;
  throw new Error(`The demo's story does not hold: ${done.refusal.code}: ${done.refusal.detail}`);
}

/** Where the story is played: everything goes through the commands that everybody uses, at the story's own time. */
export class Stage {
  /** Secrets of the story's tokens by name, for the requests that come with them. */
  readonly tokens = new Map<string, { readonly id: string; readonly secret: string }>();
  readonly #people = new Map<string, SessionViewer>();
  gatewaySecret = "";

  constructor(
    readonly db: Database,
    readonly passwords: ReadonlyMap<string, string>,
  ) {}

  /** Does something as the operator. @param at epoch milliseconds, in the story's time */
  async operate<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
    command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
    input: object,
    at: number,
  ): Promise<Output> {
    return value(await execute(this.db, command, operator(), input, at)).output;
  }

  /** Does something as one of the cast, signed in from the office. */
  async act<Kind extends ActorKind, Input, Prepared, Subject, Permitted, Output>(
    username: string,
    command: Command<Kind, Input, Prepared, Subject, Permitted, Output>,
    input: object,
    at: number,
  ): Promise<Output> {
    const person = await this.#signedIn(username, at, command.stepUp);
    return value(await execute(this.db, command, person, input, at)).output;
  }

  /** Remembers a new token by its name, for the requests to come. */
  keep({ token, secret }: Made, name = token.name): void {
    this.tokens.set(name, { id: token.id, secret });
  }

  idOf(name: string): string {
    const found = this.tokens.get(name);
    if (found === undefined) throw new Error(`The demo's story knows no token ${name}`);
    return found.id;
  }

  async #signedIn(username: string, at: number, afresh: boolean): Promise<SessionViewer> {
    const known = this.#people.get(username);
    if (known !== undefined && !afresh) return known;
    const given = { username, password: this.passwords.get(username) ?? "" };
    const { output } = value(await execute(this.db, signIn, visitor(OFFICE, "Firefox"), given, at));
    const sealed = await sealSession(await keyRing(this.db, "session", at), { sessionId: output.sessionId });
    const viewer = await viewerOfCookie(this.db, sealed, OFFICE, at);
    if (viewer === null) throw new Error(`${username} of the demo could not sign in`);
    this.#people.set(username, viewer);
    return viewer;
  }
}
