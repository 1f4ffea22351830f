import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "#lib/log";
import { createInstallation, type TestInstallation } from "#test/installation";
import { waitUntil } from "#test/upstreams/wait-until";
import { Facts } from "./facts";

const HOUR_MS = 3_600_000;

let installation: TestInstallation;
beforeAll(async () => {
  installation = await createInstallation();
});
afterAll(() => installation.close());

test("a verifier whose wall clock was set says that it differs from the database's, once, and when it agrees again", async () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => lines.push(line) }, Date.now);
  let setMs = -HOUR_MS;
  const clock = () => ({ wall: Date.now() + setMs, mono: performance.now() });
  const url = installation.database.verifierUrl;
  const facts = new Facts({ url, name: () => "v1", boundSeconds: 10, log, clock });
  facts.start();
  try {
    const told = () => lines.map((line) => JSON.parse(line)).filter(({ event }) => /^clock\./.test(event));
    const pulls = async (more: number) => {
      const before = facts.state.pulls;
      await waitUntil("it has pulled", () => facts.state.pulls >= before + more || undefined);
    };
    await pulls(3);
    expect(told()).toEqual([expect.objectContaining({ event: "clock.differs", level: "warn" })]);
    // However busy the machine: an hour, but for the way of the answer.
    expect(Math.round((facts.state.clockAheadMs ?? 0) / HOUR_MS)).toBe(-1);
    expect(Math.round(told()[0].aheadSeconds / 3_600)).toBe(-1);
    setMs = 0;
    await pulls(3);
    expect(told().slice(1)).toEqual([expect.objectContaining({ event: "clock.agrees", level: "info" })]);
    expect(facts.state.clockAheadMs).toBe(0);
  } finally {
    await facts.stop();
  }
});
