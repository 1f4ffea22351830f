import { describe, expect, test } from "vitest";
import { Doorbell } from "./doorbell";

/** Longer than any test may take: who waits so long was not woken. */
const ENDLESS = 10_000_000;

describe("the doorbell", () => {
  test("wakes who sleeps", async () => {
    const bell = new Doorbell();
    const asleep = bell.wait(ENDLESS);
    bell.ring();
    await asleep;
  });

  test("rung while nobody sleeps keeps the next one awake: no announcement is lost between two rounds", async () => {
    const bell = new Doorbell();
    bell.ring();
    await bell.wait(ENDLESS);
  });

  test("rung often wakes once: many announcements are one round", async () => {
    const bell = new Doorbell();
    for (let i = 0; i < 5; i += 1) bell.ring();
    await bell.wait(ENDLESS);
    let woken = false;
    const second = bell.wait(ENDLESS).then(() => {
      woken = true;
    });
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
    expect(woken).toBe(false);
    bell.ring();
    await second;
  });

  test("lets one sleep on its own for as long as it says, and is then as it was before", async () => {
    const bell = new Doorbell();
    await bell.wait(1);
    const asleep = bell.wait(ENDLESS);
    bell.ring();
    await asleep;
  });
});
