import { describe, expect, test } from "vitest";
import { gauge } from "../metrics";
import type { Standing } from "../standing";
import { type Looked, managementOfAll } from "./gathered";

const GOOD: Standing = { ready: true, why: null, applied: 7, confirmedMs: 40 };
const worker = (number: number, standing: Standing | null = GOOD, restarts = 0): Looked => ({
  number,
  state: async () => (standing === null ? null : { standing, metrics: [gauge("ready", "Ready.", 1)] }),
  restarts: () => restarts,
});
const readiness = (workers: readonly Looked[], count = workers.length, ending = false) =>
  managementOfAll(workers, count, () => ending).readiness();

describe("a verifier with several workers", () => {
  test("is ready when each is, as far as the one that has applied the least, as old as the oldest confirmation", async () => {
    expect(
      await readiness([worker(1), worker(2, { ...GOOD, applied: 5 }), worker(3, { ...GOOD, confirmedMs: 90 })]),
    ).toEqual({
      ...{ ready: true, why: null, applied: 5, confirmedMs: 90 },
      workers: [
        { worker: 1, ...GOOD },
        { worker: 2, ...GOOD, applied: 5 },
        { worker: 3, ...GOOD, confirmedMs: 90 },
      ],
    });
  });

  test("is not ready while one is not, and says why", async () => {
    const behind: Standing = { ready: false, why: "facts_unconfirmed", applied: 7, confirmedMs: null };
    expect(await readiness([worker(1), worker(2, behind)])).toMatchObject({
      ...{ ready: false, why: "facts_unconfirmed", confirmedMs: null },
    });
  });

  test("is not ready while one says nothing, or has not begun", async () => {
    const away = { ready: false, why: "worker_away", confirmedMs: null };
    expect(await readiness([worker(1), worker(2, null)])).toMatchObject(away);
    expect(await readiness([worker(1)], 2)).toMatchObject(away);
    expect(await readiness([], 2)).toMatchObject(away);
  });

  test("is ending as soon as it was told to, although its workers do not know yet", async () => {
    expect(await readiness([worker(1), worker(2)], 2, true)).toMatchObject({ ready: false, why: "ending" });
  });

  test("tells how many say how they are, and how often one was started again", async () => {
    const workers = [worker(1, GOOD, 2), worker(2, null, 1), worker(3)];
    const lines = (await managementOfAll(workers, 3, () => false).metrics()).split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        ...["latchkey_workers 3", "latchkey_workers_answering 2", "latchkey_worker_restarts_total 3"],
        ...['latchkey_ready{worker="1"} 1', 'latchkey_ready{worker="3"} 1'],
      ]),
    );
    expect(lines.filter((line) => line.includes('worker="2"'))).toEqual([]);
  });
});
