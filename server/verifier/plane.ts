import { hostname } from "node:os";
import type { Log } from "#lib/log";
import { Facts } from "#lib/verification/facts/facts";
import { Rates } from "#lib/verification/rates";
import { Recorder } from "#lib/verification/recorder/recorder";
import { type Listener, listen } from "#server/listener";
import { Latency } from "./latency";
import { answerManagement } from "./management";
import { peerReader } from "./peer";
import { RefusalLog } from "./refusal-log";
import { answerRequests } from "./requests";

const HEADER_LIMIT_BYTES = 64 * 1024;
const MANAGEMENT_HEADER_LIMIT_BYTES = 16 * 1024;

type At = { readonly bind: string; readonly port: number };

export type PlaneOptions = {
  /** The database, as the verifier's role. */
  readonly url: string;
  readonly verifier: At;
  readonly management: At;
  /** In leases; undefined = host name and port. */
  readonly name: string | undefined;
  readonly boundSeconds: number;
  readonly log: Log;
};

/** A running verification data plane. */
export type Plane = {
  readonly addresses: { readonly verifier: string; readonly management: string };
  readonly name: string;
  readonly facts: Facts;
  /** Not ready at once; answers for the length of the lame duck, then ends, writes what it knows and takes its lease along. */
  readonly stop: (lameDuckMs: number) => Promise<void>;
};

/**
 * Opens the listeners and begins to connect. It lives without a database, is not ready, and refuses with 503 until
 * there is one. Throws a StartFailure when it cannot listen.
 */
export async function openPlane({ url, verifier, management, name, boundSeconds, log }: PlaneOptions): Promise<Plane> {
  let gateways: Listener | undefined;
  let ending = false;
  const nameNow = () => name ?? `${hostname()}:${gateways?.port || "socket"}`;
  const facts = new Facts({ url, name: nameNow, boundSeconds, log });
  const recorder = new Recorder({ url, log });
  const decided = new Map<string, number>();
  const latency = new Latency();
  const peerOf = peerReader(verifier.bind.startsWith("unix:"));

  const managed = await listen({
    ...{ name: "management", ...management, portVariable: "MANAGEMENT_PORT" },
    maxHeaderBytes: MANAGEMENT_HEADER_LIMIT_BYTES,
    handle: answerManagement({ facts, recorder, decided, latency, isEnding: () => ending }),
  });
  try {
    gateways = await listen({
      ...{ name: "verifier", ...verifier, portVariable: "VERIFIER_PORT" },
      ...{ maxHeaderBytes: HEADER_LIMIT_BYTES, ownExpectations: true },
      handle: answerRequests({
        facts,
        rates: new Rates(),
        recorder,
        decided,
        latency,
        log,
        peerOf,
        refusals: new RefusalLog(log),
      }),
    });
  } catch (thrown) {
    await managed.close(0);
    throw thrown;
  }
  facts.start();
  recorder.start();
  const { address, close } = gateways;
  const stop = async (lameDuckMs: number) => {
    ending = true;
    await close(lameDuckMs);
    await recorder.stop();
    await facts.stop();
    await managed.close(0);
  };
  return { addresses: { verifier: address, management: managed.address }, name: nameNow(), facts, stop };
}
