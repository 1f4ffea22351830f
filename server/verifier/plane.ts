import { hostname } from "node:os";
import type { Log } from "#lib/log";
import { Facts } from "#lib/verification/facts/facts";
import { type Part, PartOfRates } from "#lib/verification/part-of-rates";
import { Rates } from "#lib/verification/rates";
import { Recorder } from "#lib/verification/recorder/recorder";
import type { Certificate } from "#server/certificate";
import { type Listener, listen } from "#server/listener";
import { Admission } from "./grpc/admission";
import { answerChecks } from "./grpc/checks";
import { listenForChecks } from "./grpc/listener";
import { Latency } from "./latency";
import { listenForManagement } from "./management";
import { grpcPeerReader, peerReader } from "./peer";
import { RefusalLog } from "./refusal-log";
import { answerPlainRequests, answerRequests } from "./requests";
import { SharedRates } from "./shared-rates";
import { type Managed, managementOf } from "./standing";

const HEADER_LIMIT_BYTES = 64 * 1024;

type At = { readonly bind: string; readonly port: number };

export type PlaneOptions = {
  /** The database, as the verifier's role. */
  readonly url: string;
  readonly verifier: At;
  /** Envoy's gRPC, where the verifier listens. */
  readonly grpcPort: number;
  /** Of both; without it they speak in clear. */
  readonly certificate?: Certificate | undefined;
  /** Null for a worker: who started it answers for all. */
  readonly management: At | null;
  /** In leases; undefined = host name and port. */
  readonly name: string | undefined;
  /** Of a verifier with several workers: which of them. */
  readonly part?: Part;
  readonly boundSeconds: number;
  /** What may have wrapped the assertion keys; without it nothing is asserted. */
  readonly wrapping?: readonly Buffer[];
  /** Where verifiers share what they count; without it this one counts alone. */
  readonly redisUrl?: string | undefined;
  readonly log: Log;
};

/** A running verification data plane. */
export type Plane = {
  readonly addresses: { readonly verifier: string; readonly grpc: string; readonly management?: string };
  readonly name: string;
  readonly facts: Facts;
  /** What its management says. */
  readonly managed: Managed;
  /** Not ready at once; answers for the length of the lame duck, then ends, writes what it knows and takes its lease along. */
  readonly stop: (lameDuckMs: number) => Promise<void>;
};

/**
 * Opens the listeners and begins to connect. It lives without a database, is not ready, and refuses with 503 until
 * there is one. Throws a StartFailure when it cannot listen.
 */
export async function openPlane(options: PlaneOptions): Promise<Plane> {
  const { url, verifier, management, name, boundSeconds, log, certificate, wrapping = [], part } = options;
  let gateways: Listener | undefined;
  let ending = false;
  const worker = part === undefined ? "" : `/${part.index + 1}`;
  const nameNow = () => `${name ?? `${hostname()}:${gateways?.port || "socket"}`}${worker}`;
  const facts = new Facts({ url, name: nameNow, boundSeconds, wrapping, log });
  const recorder = new Recorder({ url, log });
  const decided = new Map<string, number>();
  const latency = new Latency();
  const admission = new Admission(log);
  const shared = options.redisUrl === undefined ? null : new SharedRates({ url: options.redisUrl, log });
  // Who shares is narrowed by what all have counted, and needs no part; one memory, so that nothing is forgotten between.
  const whole = new Rates();
  const rates = { whole, alone: part === undefined ? whole : new PartOfRates(part, whole) };
  const verifying = { facts, rates, shared, recorder, decided, latency, log, refusals: new RefusalLog(log) };
  const managed: Managed = { facts, recorder, shared, decided, latency, admission, isEnding: () => ending };
  const onUnixSocket = verifier.bind.startsWith("unix:");
  const requests = { ...verifying, peerOf: peerReader(onUnixSocket) };

  const open: Listener[] = [];
  const opened = async (listener: Promise<Listener>): Promise<Listener> => {
    open.push(await listener);
    return listener;
  };
  try {
    const manager = management && (await opened(listenForManagement(management, managementOf(managed))));
    const calls = await opened(
      listen({
        ...{ name: "verifier", ...verifier, portVariable: "VERIFIER_PORT", certificate },
        ...{ maxHeaderBytes: HEADER_LIMIT_BYTES, ownExpectations: true, ownUpgrades: true },
        ...{ handle: answerRequests(requests), handlePlain: answerPlainRequests(requests) },
      }),
    );
    gateways = calls;
    const grpcAt = { name: "grpc", bind: verifier.bind, port: options.grpcPort, portVariable: "GRPC_PORT" };
    const check = answerChecks(verifying, grpcPeerReader(onUnixSocket));
    const checks = await opened(listenForChecks(grpcAt, check, certificate, admission));
    facts.start();
    recorder.start();
    shared?.start();
    const stop = async (lameDuckMs: number) => {
      ending = true;
      await Promise.all([calls.close(lameDuckMs), checks.close(lameDuckMs)]);
      shared?.stop();
      await recorder.stop();
      await facts.stop();
      await manager?.close(0);
    };
    const addresses = {
      ...{ verifier: calls.address, grpc: checks.address },
      ...(manager ? { management: manager.address } : {}),
    };
    return { addresses, name: nameNow(), facts, managed, stop };
  } catch (thrown) {
    await Promise.all(open.map(({ close }) => close(0)));
    throw thrown;
  }
}
