import { randomBytes } from "node:crypto";
import type { Database } from "#lib/db/client";
import type { Address } from "#lib/networks/address";
import type { Aim } from "#lib/probes/aim";
import {
  browserRequest,
  FORGED_ADDRESS,
  FORGED_HEADERS,
  readRequest,
  tokenHeader,
  writeRequest,
} from "#lib/probes/asked";
import { judgeAddress } from "#lib/probes/judge-address";
import { judgeForged, saysWhom } from "#lib/probes/judge-forged";
import { judgeRead, judgeWrite } from "#lib/probes/judge-token";
import { type ProbeResult, unknown } from "#lib/probes/probe";
import { type Reply, requestIdOf, type Trace } from "#lib/probes/reply";
import { readGateways, readToldRefusal, readTrace } from "#lib/probes/store";
import type { Begun } from "./begun";
import { type Asked, exchange } from "./exchange";
import type { Lent } from "./lend";
import { untilTold } from "./told";

const NEEDS_TOKEN = ["read", "write", "forged", "address"] as const;

/** The four that need a token, where there is none or nothing to ask. */
export const notAsked = (sentence: string): ProbeResult[] => NEEDS_TOKEN.map((probe) => unknown(probe, sentence));

const userOf = (reply: Reply): string | null => (reply.kind === "answered" ? reply.user : null);

/** Asks with a token: a read, a write that must be refused, and a name that is forged. */
export class TokenProbes {
  readonly #ask: (asked: Asked) => Promise<Reply>;
  readonly #aim: Aim;

  constructor(
    readonly db: Database,
    readonly begun: Begun,
    address: Address,
  ) {
    this.#aim = begun.aim;
    this.#ask = (asked) => exchange(begun.aim, address, asked);
  }

  async results(lent: Lent): Promise<ProbeResult[]> {
    const { application, aim } = this.begun;
    const header = tokenHeader(application.credentials, lent.secret);
    if (header === null) return notAsked("Not asked: the application takes tokens in the address only.");
    const read = { ...readRequest(application.kind, aim.context), headers: header };
    const reply = await this.#ask(read);
    const trace = await this.#told(lent, read.method, 0, reply);
    const { silent } = await readGateways(this.db, application.id);
    const first = judgeRead({ reply, trace }, aim.origin, silent);
    // Only where a gateway asked us about this very token is anything sent that changes something.
    if (trace.allowed === 0) {
      const [, ...rest] = notAsked("Not asked: no read with a token of yours was allowed.");
      return [first, ...rest];
    }
    const random = randomBytes(16).toString("hex");
    const write = writeRequest(application.kind, aim.context, random);
    const written = await this.#ask({ ...write, headers: { ...header, ...FORGED_HEADERS } });
    const after = await this.#told(lent, write.method, trace.allowed, written);
    const from = reply.kind === "answered" ? reply.from : null;
    return [
      first,
      judgeWrite({ reply: written, trace: after }, aim.origin, trace.allowed),
      await this.#forged(read, userOf(reply), random),
      judgeAddress({
        ...{ told: trace.address, toldOfForged: after.refusal?.address ?? null },
        ...{ forged: FORGED_ADDRESS, from },
      }),
    ];
  }

  #told({ id }: Lent, method: string, allowed: number, reply: Reply): Promise<Trace> {
    const read = async () => {
      const trace = await readTrace(this.db, id, method);
      if (trace.refusal !== null) return trace;
      // Refused before the token was looked at, it is told of nobody's token.
      return { ...trace, refusal: await readToldRefusal(this.db, requestIdOf(reply), this.begun.application.key) };
    };
    return untilTold(read, (trace) => trace.allowed > allowed || trace.refusal !== null);
  }

  async #forged(read: Asked, plain: string | null, random: string): Promise<ProbeResult> {
    const { application, owner } = this.begun;
    const { identity, rules } = application;
    const forged = `forged-${random}`;
    const seen = { identity, owner, plain, forged, origin: this.#aim.origin };
    if (!saysWhom(seen)) return judgeForged({ ...seen, withToken: null, without: null });
    const named = (name: string) => ({ "X-Latchkey-User": name });
    const withToken = await this.#ask({ ...read, headers: { ...read.headers, ...named(forged) } });
    const bare = { ...browserRequest(this.#aim.context), headers: named(owner) };
    const without = rules.none === "block" ? null : await this.#ask(bare);
    return judgeForged({ ...seen, withToken, without });
  }
}
