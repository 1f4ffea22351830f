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
};

/**
 * That a token was ended: when somebody asked for it, when they were told, by which verifiers it had been applied by
 * then, and from when on no verifier may allow it. Who was never told knows only from when on it may have ended.
 */
export type Ending = {
  readonly requestedAt: number;
  readonly toldAt: number;
  readonly acknowledged: readonly string[];
  readonly effectiveBy: number;
};

/** A time in which verifiers may be unable to decide; `silent` ones may not answer at all. No name: all of them. */
export type Trouble = {
  readonly verifier: string | null;
  readonly from: number;
  readonly until: number;
  readonly silent: boolean;
};

/**
 * So long must a machine have kept somebody waiting that a verifier may not decide for this alone: it gives a look-up up
 * after 60 ms (facts/patience.ts), and takes its clocks for parted after 1 s between looking at the one and at the other
 * (facts/confirmation.ts). Neither is a fault of its own, and 503 is what it must say then.
 */
const STARVED_MS: Readonly<Record<string, number>> = {
  deadline_exceeded: 60,
  facts_unavailable: 60,
  facts_unconfirmed: 1_000,
};

/** After the trouble has gone, or a fact has changed, a look-up may still come too late for so long. */
const AFTERMATH_MS = 5_000;

/**
 * Knows what may be answered when, from what those who changed something were told, and from nothing else:
 * no false allow, no false 401, 503 only where it could not be decided.
 */
export class Oracle {
  readonly #endings = new Map<string, Ending>();
  readonly #troubles: Trouble[] = [];

  ended(token: string, ending: Ending): void {
    this.#endings.set(token, ending);
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
      const wrong = this.#wrongWith(answer);
      const { verifier, status, reason = "no reason", starvedMs = 0, sentAt, answeredAt } = answer;
      const what =
        status === 503
          ? `503 (${reason}) after ${answeredAt - sentAt} ms, of a machine that was busy for ${starvedMs} ms`
          : status;
      if (wrong === null) return [];
      const sentence = `${verifier} said ${what}: ${wrong}`;
      const isBusy = status === 503 && starvedMs >= (STARVED_MS[reason] ?? Number.POSITIVE_INFINITY);
      if (isBusy) busy.push(sentence);
      return isBusy ? [] : [sentence];
    });
  }

  #wrongWith({ verifier, token, sentAt, answeredAt, status }: Answer): string | null {
    const ending = this.#endings.get(token);
    if (status === 200) {
      if (ending === undefined) return null;
      const { toldAt, acknowledged, effectiveBy } = ending;
      if (acknowledged.includes(verifier) && sentAt > toldAt)
        return `it had acknowledged, ${sentAt - toldAt} ms before`;
      return sentAt > effectiveBy ? `the bound was over, ${sentAt - effectiveBy} ms before` : null;
    }
    if (status === 401) {
      return ending === undefined || answeredAt < ending.requestedAt ? "nobody had ended the token" : null;
    }
    const changed = ending !== undefined && answeredAt >= ending.requestedAt && sentAt <= ending.toldAt + AFTERMATH_MS;
    const excuses = this.#troubles.filter(
      (each) =>
        (each.verifier ?? verifier) === verifier && sentAt <= each.until + AFTERMATH_MS && answeredAt >= each.from,
    );
    if (status === 503) return excuses.length > 0 || changed ? null : "there was nothing that it could not decide";
    return excuses.some(({ silent }) => silent) ? null : "that is no answer";
  }
}
