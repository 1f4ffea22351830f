import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { acceptedWrappingKeys } from "#lib/keys/secrets";
import { parseAddress } from "#lib/networks/address";
import { begin, conclude, type Decision } from "#lib/verification/decide";
import { Connection } from "#lib/verification/facts/connection";
import type { TokenFacts } from "#lib/verification/facts/model";
import { readInstallationFacts, readTokenFacts } from "#lib/verification/facts/portal";
import { type Installation, layOut } from "#lib/verification/installation";
import type { CalledQuestion } from "#lib/verification/question";
import { Rates } from "#lib/verification/rates";
import { Batch } from "#lib/verification/recorder/batch";
import { writesOf } from "#lib/verification/recorder/rows";
import { Variety } from "#lib/verification/recorder/variety";
import { writeAll } from "#lib/verification/recorder/writer";
import { openSigner } from "#lib/verification/signer";
import { newRequestId } from "#server/verifier/request-id";
import { GATEWAY } from "./cast";
import { HABITS, type Habit } from "./habits";
import type { Stage } from "./stage";

const DAY_MS = 86_400_000;
/** What happens at the turn of the days belongs to nobody's story. */
const MARGIN_MS = 3_600_000;
const PEER = "127.0.0.1";

/** The same every time, and like chance: so the demo's charts look like life and its tests do not. From 0 to below 1. */
const chance = (...of: readonly (string | number)[]): number =>
  createHash("sha256").update(of.join(" ")).digest().readUInt32BE() / 2 ** 32;

const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());

function question(stage: Stage, habit: Habit, request: string): CalledQuestion {
  const { token, username, host, client, address } = habit;
  const password = token === undefined ? "correct horse" : (stage.tokens.get(token)?.secret ?? "");
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const [method = "GET", target = "/"] = request.split(" ");
  const headers = ["Authorization", basic, "User-Agent", client];
  return {
    ...{ adapter: "nginx", gatewayKey: GATEWAY },
    contact: { peer: parseAddress(PEER), secrets: [stage.gatewaySecret] },
    reading: { method, target, host, proto: "https", clientAddress: address, headers },
    withholds: "named",
  };
}

type Call = { readonly habit: Habit; readonly request: string; readonly at: number };

/** What is called on a day, in its order: the recorder takes what comes last for the last. */
function callsOn(daysAgo: number, from: number): Call[] {
  const calls = HABITS.flatMap((habit, number) => {
    const pauses = isWeekend(from) && !habit.always;
    if (daysAgo > habit.from || daysAgo < habit.until || pauses) return [];
    const most = Math.ceil(habit.callsPerDay * (0.6 + 0.8 * chance(number, daysAgo)));
    return Array.from({ length: most }, (_, call): Call => {
      const request =
        habit.requests[Math.floor(chance("which", number, daysAgo, call) * habit.requests.length)] ?? "GET /";
      return {
        habit,
        request,
        at: Math.floor(from + MARGIN_MS + chance(number, daysAgo, call) * (DAY_MS - 2 * MARGIN_MS)),
      };
    });
  });
  return calls.sort((one, other) => one.at - other.at);
}

/** Judges by the verifier's own list, with the facts of that day. */
function judgeOf(stage: Stage, installation: Installation) {
  const known = new Map<string, TokenFacts | null>();
  const rates = new Rates();
  return async (asked: CalledQuestion, at: number): Promise<Decision> => {
    const opening = begin(installation, asked, at, rates);
    if (opening.settled) return opening.decision;
    const facts = known.get(opening.digest) ?? (await readTokenFacts(stage.db, opening.digest));
    known.set(opening.digest, facts);
    return conclude(opening, installation, facts, at, rates);
  };
}

/**
 * The requests of one day of the story, each judged by the verifier's own list at its own time, and written down by the
 * recorder's own statements.
 * @param verifierUrl the database, as the verifier's role
 * @param from epoch milliseconds: the day's beginning
 */
export async function playDay(stage: Stage, verifierUrl: string, daysAgo: number, from: number): Promise<void> {
  const facts = await readInstallationFacts(stage.db);
  const judge = judgeOf(stage, layOut(facts, openSigner(facts.keys, acceptedWrappingKeys("assertion"))));
  const batch = new Batch(new Variety());
  for (const { habit, request, at } of callsOn(daysAgo, from)) {
    const decision = await judge(question(stage, habit, request), at);
    batch.add({ decision, client: habit.client, peer: PEER, at, requestId: newRequestId(at) });
  }
  const connection = await Connection.open({ url: verifierUrl, purpose: "record", connectTimeoutMs: 5_000 });
  try {
    const { error } = await writeAll(connection, writesOf(batch));
    if (error !== null) throw error;
  } finally {
    connection.close();
  }
}
