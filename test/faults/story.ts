import { operator } from "#lib/auth/actors";
import { type Executed, execute } from "#lib/commands/execute";
import type { Result } from "#lib/errors/error";
import { revokeToken } from "#lib/tokens/commands/revoke";
import { waitUntil } from "#test/upstreams/wait-until";
import { type Asked, ask, nameOf, type Said } from "./asking";
import { BOUND_MS, type FaultHouse, hasAll, isOne, type Owned, type Post } from "./house";
import { type Answer, type Change, hasDecided, KNOWN_AFTER, Oracle, type Trouble } from "./oracle";
import { Processors } from "./processors";
import { reasonsIn } from "./reasons";

const PAUSE_MS = 20;
/** As long as a look-up can be in trouble because of one before it. */
const LOOK_UP_MS = 1_000;

/**
 * So long after the database has begun to be away, confirmations are young: a pull goes out every half second, and two
 * clocks that part, or a pull that is long under way, may cost another whole one.
 */
const YOUNG_MS = BOUND_MS - 1_500;

/** One story: two tokens that work, asked about all the time at every verifier, until everything is well again. */
export class Story {
  readonly kept: Owned;
  readonly victim: Owned;
  readonly oracle = new Oracle();
  /** What would have been wrong on a machine that was not busy; known at its end. */
  readonly heldAgainstMachine: string[] = [];
  /** So many answers were judged; known at its end. */
  judged = 0;
  readonly #house: FaultHouse;
  readonly #answers: (Answer & Said)[] = [];
  readonly #asked: Asked[] = [];
  readonly #probes: Promise<void>[] = [];
  readonly #processors: Processors;
  #isOver = false;

  private constructor(house: FaultHouse, kept: Owned, victim: Owned) {
    this.#house = house;
    this.kept = kept;
    this.victim = victim;
    this.#processors = new Processors(house.parties);
  }

  static async begin(house: FaultHouse): Promise<Story> {
    const story = new Story(house, await house.token(), await house.token());
    await story.all(200);
    if (house.lastTrouble !== null) story.oracle.trouble(house.lastTrouble); // it may still be felt
    for (const token of [story.kept, story.victim]) story.asks(token);
    return story;
  }

  /** From now on every verifier is asked this as well. */
  asks(token: Asked): void {
    this.#asked.push(token);
    for (const post of this.#house.posts) this.#probes.push(this.#probe(post, token));
  }

  async says(post: Post, token: Asked, status: number): Promise<void> {
    await waitUntil(
      `${post.name} says ${status}`,
      async () => ((await ask(post, token)).status === status ? true : undefined),
      30_000,
    );
  }

  /** Lets something go wrong for as long as `during` takes. */
  async trouble(during: () => Promise<void>, { at = null, silent = false }: At = {}): Promise<void> {
    await this.#troubled({ verifier: at?.name ?? null, silent }, during);
  }

  /**
   * Lets the database, or the way there, be in trouble, and nothing else: who knows a token goes on by that for a while.
   * @param during is given what to call as soon as it mends anything
   */
  async outage(during: (mends: () => void) => Promise<void>, at: Post | null = null): Promise<void> {
    await waitUntil("every verifier knows every token", () => this.#isKnown() || undefined, 30_000);
    const known = { verifier: at?.name ?? null, silent: false, knownUntil: Date.now() + YOUNG_MS };
    await this.#troubled(known, (trouble) =>
      during(() => void Object.assign(trouble, { knownUntil: Math.min(known.knownUntil, Date.now()) })),
    );
  }

  async #troubled(what: Omit<Trouble, "from" | "until">, during: (trouble: Trouble) => Promise<void>): Promise<void> {
    // Known from its beginning, whatever comes of it.
    const trouble: Trouble = { ...what, from: Date.now(), until: Number.POSITIVE_INFINITY };
    this.oracle.trouble(trouble);
    await during(trouble);
    Object.assign(trouble, { until: Date.now() });
    this.#house.lastTrouble = trouble;
  }

  /** Revokes the victim. */
  revoke(): Promise<void> {
    return this.change(() => execute(this.#house.db, revokeToken, operator(), { id: this.victim.id }, Date.now()), 401);
  }

  /**
   * Changes what is said of a token. Whoever is not told, because the database went away, asks again until they are.
   * @param act a command
   */
  async change(act: Act, to: Change["to"], of: readonly Asked[] = [this.victim]): Promise<void> {
    const unknown = { toldAt: Number.POSITIVE_INFINITY, acknowledged: [], effectiveBy: Number.POSITIVE_INFINITY };
    const change: Change = { requestedAt: Date.now(), to, ...unknown };
    for (const each of of) this.oracle.changed(nameOf(each), change);
    const { enforcement, repeated } = await this.told(act);
    const toldAt = Date.now();
    const effectiveBy = enforcement === null || repeated ? toldAt + BOUND_MS : Date.parse(enforcement.effectiveBy);
    const acknowledged = this.#house.posts.map(({ name }) => name).filter((name) => hasAll(enforcement, name));
    Object.assign(change, { toldAt, effectiveBy, acknowledged });
  }

  /** The same of all tokens that there are. */
  changeAll(act: Act, to: Change["to"]): Promise<void> {
    return this.change(act, to, [this.kept, this.victim]);
  }

  /** Does something until somebody is told that it is done. */
  async told<Output>(act: () => Promise<Result<Executed<Output>>>): Promise<Executed<Output>> {
    return waitUntil(
      "somebody is told that it is done",
      async () => {
        const done = await act().catch(() => undefined);
        if (done?.ok === false) throw new Error(done.refusal.detail);
        return done?.value;
      },
      40_000,
    );
  }

  /** From now on, another token is asked about, too, which is as new as that. */
  async newcomer(): Promise<void> {
    const requestedAt = Date.now();
    const token = await this.#house.token();
    const toldAt = Date.now();
    this.oracle.changed(nameOf(token), { requestedAt, toldAt, acknowledged: [], effectiveBy: toldAt, to: 200 });
    this.asks(token);
  }

  /** Every verifier says so, about both tokens. */
  async all(status: number): Promise<void> {
    for (const post of this.#house.posts) {
      for (const token of [this.kept, this.victim]) await this.says(post, token, status);
    }
  }

  /** Every verifier has stopped by itself, also for a token that nobody has ended. */
  async stopped(): Promise<void> {
    for (const post of this.#house.posts) await this.says(post, this.kept, 503);
  }

  /** Enough has been asked since now, or something is known to be wrong. */
  async askedOften(): Promise<void> {
    const from = Date.now();
    await waitUntil("enough is asked", () => this.#isEnough(from) || this.#isWrong() || undefined, 30_000);
  }

  /** Waits until all is as it should be, without restarting anything, and enough was asked since; or until something is wrong. */
  async settled(): Promise<void> {
    const from = Date.now();
    await waitUntil(
      "all is well, or something is known to be wrong",
      async () => (this.#isEnough(from) && (await this.#isWell())) || this.#isWrong() || undefined,
      60_000,
    );
  }

  /** To be called when nothing more goes wrong. @returns what was wrong on the way */
  async end(): Promise<string[]> {
    await this.settled();
    this.#isOver = true;
    await Promise.all(this.#probes);
    this.#processors.stop();
    const reasons = reasonsIn(this.#house.logs());
    const explained = this.#answers.map((each) => this.#explained(each, reasons.get(each.requestId)));
    const held = this.heldAgainstMachine;
    const wrong = this.oracle.judge(explained, held);
    this.judged = explained.length;
    if (held.length > 0) console.warn(`Held against the machine, not the verifier:\n${held.join("\n")}`);
    return wrong;
  }

  /** What can be said of an answer that decides nothing, or comes late. */
  #explained(answer: Answer, reason: string | undefined): Answer {
    const { verifier, sentAt, answeredAt } = answer;
    const heldUpMs = this.#processors.waited(verifier, sentAt, answeredAt);
    if (answer.status !== 503) return { ...answer, heldUpMs };
    const beforeMs = reason === "facts_unconfirmed" ? BOUND_MS : LOOK_UP_MS;
    return { ...answer, heldUpMs, reason, starvedMs: this.#processors.waited(verifier, sentAt - beforeMs, answeredAt) };
  }

  /** Whether somebody was let in or refused who must not be: then there is nothing to wait for. */
  #isWrong(): boolean {
    return this.oracle.judge(this.#answers.filter(({ status }) => [200, 401, 403].includes(status))).length > 0;
  }

  #isEnough(from: number): boolean {
    const since = this.#answers.filter(({ sentAt }) => sentAt >= from);
    const often = (post: Post, token: Asked) =>
      since.filter((each) => each.verifier === post.name && each.token === nameOf(token)).length >= KNOWN_AFTER;
    return this.#house.posts.every((post) => this.#asked.every((token) => often(post, token)));
  }

  /** Whether the oracle, too, takes every token for known from now on. */
  #isKnown(): boolean {
    const now = Date.now();
    const isKnown = (post: Post, token: Asked) =>
      !isOne(post) || hasDecided({ verifier: post.name, token: nameOf(token), isOne: true }, this.#answers, 0, now);
    return this.#isEnough(0) && this.#house.posts.every((post) => this.#asked.every((token) => isKnown(post, token)));
  }

  async #isWell(): Promise<boolean> {
    for (const post of this.#house.posts) {
      for (const token of this.#asked) {
        if ((await ask(post, token)).status !== this.oracle.saysOf(nameOf(token))) return false;
      }
    }
    return true;
  }

  async #probe(post: Post, token: Asked): Promise<void> {
    while (!this.#isOver) {
      const sentAt = Date.now();
      const { status, requestId } = await ask(post, token);
      this.#answers.push({
        verifier: post.name,
        isOne: isOne(post),
        token: nameOf(token),
        sentAt,
        answeredAt: Date.now(),
        status,
        requestId,
      });
      await waitUntil("the next question", () => Date.now() - sentAt >= PAUSE_MS || undefined);
    }
  }
}

type Act = () => Promise<Result<Executed<unknown>>>;

type At = { readonly at?: Post | null; readonly silent?: boolean };
