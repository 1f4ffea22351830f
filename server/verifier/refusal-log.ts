import type { Log } from "#lib/log";
import type { Refused } from "#lib/verification/decision";
import type { HeaderLines } from "#lib/verification/request";
import { ruleWords } from "#lib/verification/rule";
import { traceOf } from "./trace-of";

/** Lines a second: enough to see what is going on, too few to be a way of slowing us down. */
const MOST_A_SECOND = 20;

/**
 * Writes refusals down by their request id, which the refused person has in hand. A flood is cut short and counted;
 * every verification is in the counts anyway.
 */
export class RefusalLog {
  readonly #log: Log;
  #second = 0;
  #written = 0;
  #left = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param at epoch milliseconds, @param headers where the request may say to which trace it belongs */
  note(requestId: string, { reason, rule, subject, cause }: Refused, at: number, headers: HeaderLines): void {
    const second = Math.floor(at / 1_000);
    if (second !== this.#second) {
      if (this.#left > 0) this.#log.warn("verification.refusals_left_out", { count: this.#left });
      this.#second = second;
      this.#written = 0;
      this.#left = 0;
    }
    if (this.#written >= MOST_A_SECOND) {
      this.#left += 1;
      return;
    }
    this.#written += 1;
    const { gatewayKey: gateway, applicationKey: application, clientAddress: address, tokenId, method, path } = subject;
    const asked = { gateway, application, address, tokenId, method, path };
    const fields = { requestId, reason, rule: ruleWords(rule), ...asked, ...traceOf(headers) };
    if (cause !== undefined) this.#log.error("verification.undecided", { ...fields, error: cause });
    else if (reason === "gateway_unauthorized") this.#log.warn("verification.gateway_unauthorized", fields);
    else this.#log.info("verification.refused", fields);
  }
}
