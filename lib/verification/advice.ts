import type { RefusalCode } from "./reasons";

/**
 * What Explain may add to the remedy of a reason: what else would let this very request pass. `…` stands for what it
 * names. Checks can say nothing else (`Advice` is made of these), and each is followed in a test, like each remedy.
 */
export const ADVICE = {
  source_refused: ["Send it in a header: a gateway hands the address on with the secret in it."],
  credential_missing: ["It is a CORS preflight: the application can let those through."],
  path_blocked: [
    "The path filter's rule … can be set to observe or off.",
    "The application's read pack … would let it pass.",
  ],
  header_refused: [
    "No gateway passes … on: give the token a condition on a header like X-Team.",
    "Behind … it arrives only where their configuration names it: have an administrator put that of the gateway's page in place anew.",
  ],
  write_refused: ["The application's read pack … would let it pass.", "Without the … it would only read."],
  upgrade_refused: ["Behind … no token opens a WebSocket, whatever the application says."],
  path_rule_refused: ["Without what asks for another, a path rule allows it."],
} as const satisfies Partial<Record<RefusalCode, readonly string[]>>;

type Saying<Words extends string> = Words extends `${infer Before}…${infer After}`
  ? `${Before}${string}${Saying<After>}`
  : Words;

/** A sentence of `ADVICE`, with its names. */
export type Advice = Saying<(typeof ADVICE)[keyof typeof ADVICE][number]>;
