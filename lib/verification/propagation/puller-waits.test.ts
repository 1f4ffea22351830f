import { describe, expect, test } from "vitest";
import { OTHER, pullerWorld } from "#test/puller-world";

describe("a database that does not know what we have applied", () => {
  /** Three changes are applied and confirmed; then the last of them are there no more. */
  async function restored(kept: number) {
    const here = pullerWorld();
    here.history.push("token", "installation", "token");
    await here.round();
    here.move(1);
    await here.round();
    expect(here.confirmation.holds(here.now())).toBe(true);
    here.history.length = kept;
    return here;
  }

  test("ends all that was confirmed at once, is told so, and is asked again from where we were", async () => {
    const { round, move, confirmation, now, puller, asked } = await restored(1);
    expect(await round()).toEqual({ changed: false, told: ["restart 1", "wait: behind", "lease 3, and knows more"] });
    expect([puller.waits, puller.applied, confirmation.holds(now())]).toEqual([true, 3, false]);
    expect((await round()).told).toEqual([]);
    move(1_000);
    expect((await round()).told).toEqual(["lease 3, and knows more"]);
    expect(asked.slice(-3)).toEqual([3, 3, 3]);
    expect(confirmation.holds(now())).toBe(false);
  });

  test("is known again when it is there again, from after a lease that says so", async () => {
    const { round, move, history, confirmation, now, puller, state, told } = await restored(1);
    await round();
    history.push("installation", "token", "token");
    state.broken = "reload";
    await expect(round()).rejects.toThrow("cannot be read");
    // Nobody else waits because of us any more, however long we cannot go on.
    expect([puller.waits, puller.isWitness, told]).toEqual([true, false, ["no lease", "restart 4"]]);
    await expect(round()).rejects.toThrow("cannot be read");
    expect(told).toEqual(["restart 4"]);
    state.broken = null;
    expect((await round()).told).toEqual(["restart 4", "reload 4", "lease 4"]);
    // Whoever revoked while the lease said that we wait did not wait for us: only a pull from now on has seen it.
    expect([puller.waits, confirmation.holds(now())]).toEqual([false, false]);
    move(1);
    await round();
    expect(confirmation.holds(now())).toBe(true);
  });

  test("allows nothing between the pull by which it is known again and the lease", async () => {
    const { round, move, history, confirmation, now, state, puller } = await restored(1);
    await round();
    history.push("installation", "token");
    state.broken = "lease";
    await expect(round()).rejects.toThrow("does not answer");
    move(1);
    expect([confirmation.holds(now()), puller.isWitness]).toEqual([false, true]);
    state.broken = null;
    expect((await round()).told).toEqual(["no lease", "restart 3", "reload 3", "lease 3"]);
  });

  test("is known to every verifier as soon as a lease that says so could be written, though the first could not", async () => {
    const { round, state, puller } = await restored(1);
    state.broken = "lease";
    await expect(round()).rejects.toThrow("does not answer");
    state.broken = null;
    expect((await round()).told).toEqual(["lease 3, and knows more"]);
    expect([puller.waits, puller.isWitness]).toEqual([true, true]);
  });

  test("is another history until somebody says that it goes on from ours", async () => {
    const { round, state } = await restored(3);
    state.timeline = OTHER;
    expect((await round()).told).toContain("wait: another history");
    expect((await round()).told).toEqual([]);
    state.succeeds = true;
    expect((await round()).told).toEqual(["no lease", "restart other 3", "reload 3", "lease 3"]);
  });
});

describe("a database of which another verifier says that it does not know all", () => {
  test("ends all that was confirmed, and is told so, by a verifier that has no lease meanwhile", async () => {
    const { round, move, history, confirmation, now, puller, state } = pullerWorld();
    history.push("token");
    await round();
    move(1);
    await round();
    expect(confirmation.holds(now())).toBe(true);
    state.isMissed = true;
    expect(await round()).toEqual({ changed: false, told: ["restart 1", "wait: missed by another", "no lease"] });
    expect([puller.waits, puller.isWitness, confirmation.holds(now())]).toEqual([true, false, false]);
    move(5_000);
    expect((await round()).told).toEqual([]);
    state.isMissed = false;
    expect((await round()).told).toEqual(["restart 1", "reload 1", "lease 1"]);
    expect([puller.waits, confirmation.holds(now())]).toEqual([false, false]);
    move(1);
    await round();
    expect(confirmation.holds(now())).toBe(true);
  });

  test("is not begun with by who knows nothing, and says nothing of itself", async () => {
    const { round, history, puller, state } = pullerWorld();
    history.push("token");
    state.isMissed = true;
    expect((await round()).told).toEqual(["restart 1", "wait: missed by another"]);
    expect((await round()).told).toEqual([]);
    expect([puller.waits, puller.applied]).toEqual([true, 0]);
    state.isMissed = false;
    expect((await round()).told).toEqual(["restart 1", "reload 1", "lease 1"]);
  });

  test("keeps no two waiting for each other: who only believes another takes back what it said itself", async () => {
    const { round, history, puller, state } = pullerWorld();
    history.push("token", "token");
    await round();
    history.length = 1;
    state.isMissed = true;
    expect((await round()).told.slice(-1)).toEqual(["lease 2, and knows more"]);
    history.push("token");
    expect((await round()).told).toEqual(["wait: missed by another", "no lease"]);
    expect([puller.waits, puller.isWitness]).toEqual([true, false]);
    history.length = 1;
    expect((await round()).told).toEqual(["wait: behind", "lease 2, and knows more"]);
  });
});
