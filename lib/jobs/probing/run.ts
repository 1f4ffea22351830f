import { now } from "#lib/clock";
import { execute } from "#lib/commands/execute";
import { type Database, database } from "#lib/db/client";
import { env } from "#lib/env";
import { ok, type Result } from "#lib/errors/error";
import { type Door, doorText } from "#lib/probes/aim";
import { browserRequest } from "#lib/probes/asked";
import { finishProbes } from "#lib/probes/commands/finish";
import { mayCarryToken, type Own } from "#lib/probes/guard";
import { judgeBrowser } from "#lib/probes/judge-browser";
import { judgePort } from "#lib/probes/judge-port";
import { LONGEST_SENTENCE, type ProbeResult, type ProbeRunView } from "#lib/probes/probe";
import { type Reply, requestIdOf } from "#lib/probes/reply";
import { readToldRefusal } from "#lib/probes/store";
import { notAsked, TokenProbes } from "./ask-token";
import type { Begun } from "./begun";
import { exchange } from "./exchange";
import { knock } from "./knock";
import { type Tester, withToken } from "./lend";
import { ownPlaces, resolveDoor } from "./resolve";
import { untilTold } from "./told";

async function askPort(upstream: Door | null, own: Own): Promise<ProbeResult> {
  if (upstream === null) return judgePort(null, null);
  const found = await resolveDoor(upstream, own);
  const came =
    typeof found === "string" ? ({ kind: "not-asked", why: found } as const) : await knock(found, upstream.port, own);
  return judgePort(came, doorText(upstream));
}

async function toldRefusal(db: Database, reply: Reply, applicationKey: string) {
  const requestId = requestIdOf(reply);
  if (requestId === null) return null;
  return untilTold(
    () => readToldRefusal(db, requestId, applicationKey),
    (told) => told !== null,
  );
}

async function askGateway(db: Database, tester: Tester, begun: Begun, own: Own): Promise<ProbeResult[]> {
  const { application, aim } = begun;
  const rule = application.rules.none;
  const address = await resolveDoor(aim, own);
  const reply: Reply =
    typeof address === "string"
      ? { kind: "silent", why: address, code: "" }
      : await exchange(aim, address, { ...browserRequest(aim.context), headers: {} });
  const refusal = await toldRefusal(db, reply, application.key);
  const first = judgeBrowser({ reply, refusal, rule, origin: aim.origin });
  if (typeof address === "string" || reply.kind === "silent") {
    return [first, ...notAsked("Not asked: nothing could be asked there.")];
  }
  if (!mayCarryToken(aim.secure, address, own)) {
    return [first, ...notAsked("Not asked: over plain http a token would travel in clear. Ask by https.")];
  }
  const rest = await withToken(db, tester, application, async (lent) =>
    typeof lent === "string"
      ? notAsked(`Not asked: no read token could be made for you. ${lent}`)
      : new TokenProbes(db, begun, address).results(lent),
  );
  return [first, ...rest];
}

/** What a tier says may be longer than what is kept. */
const bounded = (result: ProbeResult): ProbeResult => ({
  ...result,
  sentence: result.sentence.slice(0, LONGEST_SENTENCE),
});

/**
 * Tries how an application is connected, from this machine: what was measured, and nothing more. It takes as long as
 * it takes, at most a minute; the run is noted as over also when something unexpected is thrown.
 */
export async function runProbes(tester: Tester, begun: Begun): Promise<Result<ProbeRunView>> {
  const db = database();
  let results: readonly ProbeResult[] = [];
  const finish = () => {
    const found = { id: begun.application.id, begun: begun.begun, results };
    return execute(db, finishProbes, tester, found, now());
  };
  try {
    const own = await ownPlaces(env());
    const [gateway, port] = await Promise.all([askGateway(db, tester, begun, own), askPort(begun.upstream, own)]);
    results = [...gateway, port].map(bounded);
  } catch (error) {
    await finish();
    throw error;
  }
  const done = await finish();
  return done.ok ? ok(done.value.output) : done;
}
