import type { GatewayAdapter } from "#lib/gateways/gateway";
import type { Answer, Answering } from "../answer";
import type { Decision } from "../decide";
import type { CalledQuestion, Contact } from "../question";
import type { HeaderLines } from "../request";

/** A call on the verification port, as it came. */
export type Call = {
  readonly headers: HeaderLines;
  readonly peer: Contact["peer"];
  /** Text of the body, for adapters that need it. */
  readonly body: string;
};

/** A gateway protocol: how it tells the original request, and how it wants to be answered. */
export type Adapter = {
  readonly name: GatewayAdapter;
  readonly needsBody: boolean;
  /** @param gatewayKey what the URL names; null where the URL names none */
  readonly question: (call: Call, gatewayKey: string) => CalledQuestion;
  readonly answer: (decision: Decision, answering: Answering) => Answer;
};
