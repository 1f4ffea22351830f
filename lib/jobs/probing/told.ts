import { setTimeout as after } from "node:timers/promises";
import { TOLD_WITHIN_MS } from "#lib/probes/probe";

const EVERY_MS = 150;

/**
 * Reads until verifiers have told what is waited for, which they do every second, or until it is too late.
 * @returns what was read last
 */
export async function untilTold<Told>(read: () => Promise<Told>, isTold: (told: Told) => boolean): Promise<Told> {
  const last = performance.now() + TOLD_WITHIN_MS;
  for (;;) {
    const told = await read();
    if (isTold(told) || performance.now() >= last) return told;
    await after(EVERY_MS);
  }
}
