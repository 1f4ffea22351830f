import type { Log } from "#lib/log";
import type { Decision } from "#lib/verification/decide";
import { undecided } from "#lib/verification/decision";
import type { Facts } from "#lib/verification/facts/facts";
import type { CalledQuestion } from "#lib/verification/question";
import type { Recorder } from "#lib/verification/recorder/recorder";
import type { HeaderLines } from "#lib/verification/request";
import { type Judged, judge } from "./judge";
import { type Counted, judgeTogether } from "./judge-together";
import type { Latency } from "./latency";
import type { RefusalLog } from "./refusal-log";
import { newRequestId } from "./request-id";
import type { SharedRates } from "./shared-rates";

/** What every verification of this process shares, however it is asked. */
export type Verifying = {
  readonly facts: Facts;
  readonly rates: Counted;
  /** Null: this process counts alone. */
  readonly shared: SharedRates | null;
  readonly recorder: Recorder;
  readonly log: Log;
  readonly refusals: RefusalLog;
  /** Decisions so far by reason, for the metrics. */
  readonly decided: Map<string, number>;
  /** How long decisions took, for the metrics. */
  readonly latency: Latency;
};

/** One verification, as it is asked and answered over some wire. */
export type Asked = {
  /** Address of who asks, as text. */
  readonly peer: string;
  /** Where it may say to which trace it belongs: read only where a line is logged about it. */
  readonly headers: HeaderLines;
  readonly question: () => CalledQuestion;
  /** Writes the answer. @returns whether it was written */
  readonly answer: (decision: Decision, requestId: string) => boolean;
};

/** This is the edge: whatever was thrown on the way is a refusal, and never an allow. */
export function verify(context: Verifying, asked: Asked): void {
  const { peer, question, answer } = asked;
  const { facts, rates, shared } = context;
  const arrived = facts.now();
  const judged: Judged = (decision, client, isNew) => {
    const { wall: at, mono } = facts.now();
    const requestId = newRequestId(at);
    if (!answer(decision, requestId)) return;
    context.latency.note(mono - arrived.mono);
    context.decided.set(decision.reason, (context.decided.get(decision.reason) ?? 0) + 1);
    context.recorder.note({ decision, client, peer, at, requestId }, isNew);
    if (!decision.allowed) context.refusals.note(requestId, decision, at, asked.headers);
  };
  try {
    if (shared === null) judge({ facts, rates: rates.alone, question: question(), arrived, judged });
    else judgeTogether({ facts, question: question(), arrived, judged }, rates, shared);
  } catch (cause) {
    judged(undecided("undecided", cause), "", false);
  }
}

/** Where the help pages are, as far as the facts say. */
export const portalUrlOf = ({ installation }: Facts): string => installation?.facts.settings.portalUrl ?? "";
