import { describe, expect, test } from "vitest";
import { MOST_UNANSWERED, Silence } from "./silence";

const ask = (silence: Silence, times: number) => Array.from({ length: times }, () => silence.asked());
const never = Array.from({ length: MOST_UNANSWERED }, () => false);

describe("a worker that says nothing", () => {
  test("hangs once it has left five questions in a row unanswered", () => {
    const silence = new Silence();
    silence.broken();
    expect(ask(silence, MOST_UNANSWERED + 1)).toEqual([...never, true]);
  });

  test("does not hang where it answers one of them, however late", () => {
    const silence = new Silence();
    silence.broken();
    for (let round = 0; round < 3; round += 1) {
      expect(ask(silence, MOST_UNANSWERED)).toEqual(never);
      silence.broken();
    }
  });

  test("does not hang while it is still starting", () => {
    expect(ask(new Silence(), 100)).not.toContain(true);
  });
});
