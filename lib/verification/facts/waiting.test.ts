import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Outcome, WaitingRoom } from "./waiting";

/** Longer than any test takes: who waits so long is settled by somebody. */
const ENDLESS = 10_000_000;

function room() {
  const waiting = new WaitingRoom();
  const told: string[] = [];
  const add = (digest: string, who: string, withinMs = ENDLESS) =>
    new Promise<void>((done) => {
      waiting.add(digest, withinMs, (outcome) => {
        told.push(`${who} ${String(outcome)}`);
        done();
      });
    });
  return { waiting, told, add };
}

describe("requests that wait for a look-up", () => {
  test("of the same digest ask once and are told together", () => {
    const { waiting, told, add } = room();
    add("a", "one");
    add("a", "two");
    expect(waiting.take(10)).toEqual(["a"]);
    waiting.settle("a", "unknown");
    expect(told).toEqual(["one unknown", "two unknown"]);
    expect(waiting.size).toBe(0);
  });

  test("are asked for in the order of their coming, so many at a time and each once", () => {
    const { waiting, add } = room();
    for (const digest of ["c", "a", "b"]) add(digest, digest);
    expect([waiting.take(2), waiting.take(2), waiting.take(2)]).toEqual([["c", "a"], ["b"], []]);
  });

  test("who comes while their digest is being looked up asks no second time, and hears the same answer", () => {
    const { waiting, told, add } = room();
    add("a", "one");
    waiting.take(1);
    add("a", "two");
    expect(waiting.take(1)).toEqual([]);
    waiting.settle("a", "unreadable");
    expect(told).toEqual(["one unreadable", "two unreadable"]);
  });

  test("are asked for again when the answer did not count, unless nobody waits any more", async () => {
    const { waiting, told, add } = room();
    add("kept", "patient");
    const gone = add("gone", "hasty", 0);
    expect(waiting.take(2)).toEqual(["kept", "gone"]);
    await gone;
    waiting.putBack(["kept", "gone"]);
    expect(waiting.take(2)).toEqual(["kept"]);
    expect(told).toEqual(["hasty late"]);
  });

  test("wait each as long as they may: one that is late takes nobody along", async () => {
    const { waiting, told, add } = room();
    const late = add("a", "hasty", 0);
    add("a", "patient");
    await late;
    expect([told, waiting.size]).toEqual([["hasty late"], 1]);
    waiting.settle("a", "unknown");
    expect(told).toEqual(["hasty late", "patient unknown"]);
  });

  test("that are late leave the queue: nothing is looked up for nobody", async () => {
    const { waiting, add } = room();
    await add("a", "hasty", 0);
    expect(waiting.take(1)).toEqual([]);
  });

  test("are told once, whoever comes back to them", () => {
    const { waiting, told, add } = room();
    add("a", "one");
    waiting.settle("a", "unknown");
    waiting.settle("a", "unreadable");
    waiting.settleAll("unavailable");
    waiting.settle("never asked", "unknown");
    expect(told).toEqual(["one unknown"]);
  });

  test("are all told when the database is away, also of digests that are under way, and who asks again begins anew", () => {
    const { waiting, told, add } = room();
    add("a", "one");
    waiting.take(1);
    add("b", "two");
    waiting.settleAll("unavailable");
    expect(told.toSorted()).toEqual(["one unavailable", "two unavailable"]);
    add("a", "three");
    expect(waiting.take(1)).toEqual(["a"]);
  });

  test("may ask again from within the answer", () => {
    const { waiting, told, add } = room();
    waiting.add("a", ENDLESS, () => void add("a", "again"));
    waiting.settle("a", "unknown");
    expect([waiting.size, waiting.take(1)]).toEqual([1, ["a"]]);
    waiting.settle("a", "unknown");
    expect(told).toEqual(["again unknown"]);
  });
});

test("in no order of coming, asking and answering is anybody forgotten, told twice, or miscounted", () => {
  const digest = fc.constantFrom("a", "b", "c");
  const outcome = fc.constantFrom<Outcome>("unknown", "unreadable");
  const steps = fc.array(
    fc.oneof(
      fc.record({ do: fc.constant("add" as const), digest }),
      fc.record({ do: fc.constant("take" as const), most: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant("settle" as const), digest, outcome }),
      fc.record({ do: fc.constant("put back" as const) }),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const { waiting, told, add } = room();
      let [came, taken]: [number, string[]] = [0, []];
      for (const step of all) {
        if (step.do === "add") {
          came += 1;
          add(step.digest, String(came));
        } else if (step.do === "take") taken.push(...waiting.take(step.most));
        else if (step.do === "settle") waiting.settle(step.digest, step.outcome);
        else {
          waiting.putBack(taken);
          taken = [];
        }
        expect(waiting.size + told.length).toBe(came);
      }
      waiting.settleAll("unavailable");
      expect(told.map((line) => Number(line.split(" ")[0])).toSorted((x, y) => x - y)).toEqual(
        Array.from({ length: came }, (_, n) => n + 1),
      );
    }),
  );
});
