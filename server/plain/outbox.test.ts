import { expect, test } from "vitest";
import { MOST, Outbox } from "./outbox";

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("answers of one turn of the event loop are written together at its end, in their order", async () => {
  const outbox = new Outbox();
  const written: string[] = [];
  const put = (name: string) => outbox.put({ write: () => void written.push(name) });
  put("first");
  await Promise.resolve();
  put("second");
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual(["first", "second"]);
  put("third");
  await turn();
  expect(written).toEqual(["first", "second", "third"]);
});

test("so many are written at once that the first waits for few, and each is written once", async () => {
  const outbox = new Outbox();
  const written: number[] = [];
  const names = Array.from({ length: 2 * MOST + 3 }, (_, nth) => nth);
  for (const name of names) {
    expect(name - written.length).toBeLessThan(MOST);
    outbox.put({ write: () => void written.push(name) });
  }
  expect(written).toHaveLength(2 * MOST);
  await turn();
  expect(written).toEqual(names);
});

test("what becomes ready while others are written is written in the next turn", async () => {
  const outbox = new Outbox();
  const written: string[] = [];
  const again = { write: () => void written.push("again") };
  outbox.put({
    write() {
      written.push("first");
      outbox.put(again);
    },
  });
  await turn();
  expect(written).toEqual(["first"]);
  await turn();
  expect(written).toEqual(["first", "again"]);
});
