/** One question and its answer, on the clock of the test. Times are epoch milliseconds; status 0 is no answer. */
export type Answer = {
  readonly verifier: string;
  readonly token: string;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly status: number;
  /** What its log says of a refusal, where that says anything. */
  readonly reason?: string | undefined;
  /** For how long the machine kept whoever takes part from a processor, then and just before; milliseconds. */
  readonly starvedMs?: number;
  /** The same between question and answer alone. */
  readonly heldUpMs?: number;
  /** Whether the verifier is one process, which knows whatever it has just answered by; of workers each knows its own. */
  readonly isOne?: boolean;
};

/**
 * That what is said of a token was changed: when somebody asked for it, when they were told, by which verifiers it had
 * been applied by then, and from when on no verifier may go by what was before. Who was never told knows only from when
 * on it may have happened.
 */
export type Change = {
  readonly requestedAt: number;
  readonly toldAt: number;
  readonly acknowledged: readonly string[];
  readonly effectiveBy: number;
  /** What is said from then on. */
  readonly to: 200 | 401 | 403;
};

/** A time in which verifiers may be unable to decide; `silent` ones may not answer at all. No name: all of them. */
export type Trouble = {
  readonly verifier: string | null;
  readonly from: number;
  readonly until: number;
  readonly silent: boolean;
  /** Until when whoever knew a token before goes on by what they know, because only the database is in trouble. */
  readonly knownUntil?: number;
};

/**
 * So long must a machine have kept somebody waiting that a verifier may not decide for this alone: it gives a look-up up
 * after 60 ms (facts/patience.ts), and takes its clocks for parted after 1 s between looking at the one and at the other
 * (facts/confirmation.ts). Neither is a fault of its own, and 503 is what it must say then. A log says so many reasons a
 * second and no more, and that of a full disk says none: where nobody knows the reason, it must have been the longest.
 */
const STARVED_MS: Readonly<Record<string, number>> = {
  deadline_exceeded: 60,
  facts_unavailable: 60,
  facts_unconfirmed: 1_000,
};
const LONGEST_MS = 1_000;

/** After a fact has changed, a look-up may still come too late for so long. */
const AFTERMATH_MS = 5_000;

/** So often in a row must a verifier have decided about a token before it is said to know it. */
export const KNOWN_AFTER = 5;

/** A verifier answers within 150 ms whatever the database does, and its answer has a way to go. */
const LATE_MS = 400;
/** Question and answer wait in several lines one after the other, of which the kernel's count knows the longest at best. */
const LINES = 3;

/**
 * So soon after the trouble everything is decided again (docs/operations.md). A machine that has much else to do asks,
 * and answers, less often: then it is as long as so many questions take where nothing else goes on,
 * though never for ever.
 */
const RECOVERY_MS = 2_000;
const RECOVERY_QUESTIONS = 60;
const RECOVERY_AT_MOST_MS = 30_000;

/**
 * Knows what may be answered when, from what those who changed something were told, and from nothing else:
 * no false allow, no false 401, 503 only where it could not be decided.
 */
export class Oracle {
  readonly #changes = new Map<string, Change[]>();
  readonly #troubles: Trouble[] = [];

  /** @param change may become known little by little: the object is looked at when it is judged */
  changed(token: string, change: Change): void {
    this.#changes.set(token, [...(this.#changes.get(token) ?? []), change]);
  }

  /** What is said of a token once everybody knows. */
  saysOf(token: string): number {
    return this.#changes.get(token)?.at(-1)?.to ?? 200;
  }

  trouble(trouble: Trouble): void {
    this.#troubles.push(trouble);
  }

  /**
   * What is wrong with these answers, one sentence each; nothing where all is well.
   * @param busy gets what would be wrong on a machine that was not busy
   */
  judge(answers: readonly Answer[], busy: string[] = []): string[] {
    return answers.flatMap((answer) => {
      const wrong = this.#wrongWith(answer, answers);
      if (wrong !== null) return told(`${said(answer)}: ${wrong}`, isForBusy(answer), busy);
      const { verifier, status, sentAt, answeredAt, heldUpMs = 0 } = answer;
      const lateMs = answeredAt - sentAt - LATE_MS;
      if (lateMs <= 0 || this.#excuses(answer, answers).some(({ silent }) => silent)) return [];
      const what = `${verifier} said ${status} after ${answeredAt - sentAt} ms, of a machine that was busy for ${heldUpMs} ms`;
      return told(`${what}: that is late`, heldUpMs * LINES >= lateMs, busy);
    });
  }

  #wrongWith(answer: Answer, answers: readonly Answer[]): string | null {
    const { token, sentAt, answeredAt, status } = answer;
    const changes = this.#changes.get(token) ?? [];
    if (status === 200 || status === 401 || status === 403) return wrongOf(answer, changes);
    const excuses = this.#excuses(answer, answers);
    if (status !== 503) return excuses.some(({ silent }) => silent) ? null : "that is no answer";
    if (changes.some((change) => mayLookUp(change, answer, answers))) return null;
    if (excuses.length === 0) return "there was nothing that it could not decide";
    const isKnown = ({ from, knownUntil = from }: Trouble) =>
      sentAt >= from && answeredAt < knownUntil && hasDecided(answer, answers, 0, from);
    return excuses.some(isKnown) ? "it knew the token, and that was confirmed" : null;
  }

  /** Those troubles that are a reason to decide nothing. */
  #excuses(answer: Answer, answers: readonly Answer[]): Trouble[] {
    return this.#troubles.filter(
      (each) =>
        (each.verifier ?? answer.verifier) === answer.verifier &&
        answer.answeredAt >= each.from &&
        mayRecover(each.until, answer, answers),
    );
  }
}

/** @returns what is wrong, unless it is held against the machine */
function told(sentence: string, isBusy: boolean, busy: string[]): string[] {
  if (isBusy) busy.push(sentence);
  return isBusy ? [] : [sentence];
}

function said({ verifier, status, reason, starvedMs = 0, sentAt, answeredAt }: Answer): string {
  if (status !== 503) return `${verifier} said ${status}`;
  const after = `after ${answeredAt - sentAt} ms, of a machine that was busy for ${starvedMs} ms`;
  return `${verifier} said 503 (${reason ?? "no reason"}) ${after}`;
}

function isForBusy({ status, reason, starvedMs = 0 }: Answer): boolean {
  const unexcused = reason === undefined ? LONGEST_MS : (STARVED_MS[reason] ?? Number.POSITIVE_INFINITY);
  return status === 503 && starvedMs >= unexcused;
}

/** Whether what a change has made unknown may still be looked up: not by whoever has decided by it since. */
function mayLookUp({ requestedAt, toldAt }: Change, answer: Answer, answers: readonly Answer[]): boolean {
  if (answer.answeredAt < requestedAt || answer.sentAt > toldAt + AFTERMATH_MS) return false;
  return !hasDecided(answer, answers, toldAt, answer.sentAt);
}

/** Whether a verifier of one process has decided what it is asked, again and again and at last, between two moments. */
export function hasDecided(
  { verifier, token, isOne }: Pick<Answer, "verifier" | "token" | "isOne">,
  answers: readonly Answer[],
  from: number,
  until: number,
): boolean {
  if (isOne !== true) return false;
  const before = answers.filter(
    (each) => each.verifier === verifier && each.token === token && each.sentAt > from && each.answeredAt < until,
  );
  const last = before.slice(-KNOWN_AFTER);
  return last.length === KNOWN_AFTER && last.every(({ status }) => status !== 503 && status !== 0);
}

/** Whether it is still early enough after the trouble. */
function mayRecover(until: number, answer: Answer, answers: readonly Answer[]): boolean {
  if (answer.sentAt <= until + RECOVERY_MS) return true;
  return answer.sentAt <= until + RECOVERY_AT_MOST_MS && askedSince(until, answer, answers) < RECOVERY_QUESTIONS;
}

/** How often the same was asked between a moment and this answer. */
const askedSince = (from: number, { verifier, token, sentAt }: Answer, answers: readonly Answer[]): number =>
  answers.filter(
    (each) => each.verifier === verifier && each.token === token && each.sentAt > from && each.sentAt < sentAt,
  ).length;

/** Of an answer that decides, by what a token was at first (good) and became: each state counts that may have held. */
function wrongOf({ verifier, sentAt, answeredAt, status }: Answer, changes: readonly Change[]): string | null {
  let wrong = status === 200 ? "nobody had given the token back" : "nobody had ended the token";
  for (const [index, state] of [null, ...changes].entries()) {
    if ((state?.to ?? 200) !== status || (state !== null && answeredAt < state.requestedAt)) continue;
    const next = changes[index];
    if (next === undefined) return null;
    if (next.acknowledged.includes(verifier) && sentAt > next.toldAt)
      wrong = `it had acknowledged, ${sentAt - next.toldAt} ms before`;
    else if (sentAt > next.effectiveBy) wrong = `the bound was over, ${sentAt - next.effectiveBy} ms before`;
    else return null;
  }
  return wrong;
}
