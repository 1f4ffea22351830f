import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Broken, type Kind, OTHER, pullerWorld } from "#test/puller-world";

describe("a round of propagation", () => {
  test("begins with nothing believed: forget, load the installation, and only then say where we are", async () => {
    const { history, round, puller } = pullerWorld();
    history.push("token", "installation");
    expect(await round()).toEqual({ changed: true, told: ["restart 2", "reload 2", "lease 2"] });
    expect(puller.applied).toBe(2);
  });

  test("allows only after a second pull: who revoked before the first lease did not see us", async () => {
    const { round, confirmation, now, move } = pullerWorld();
    await round();
    expect(confirmation.holds(now())).toBe(false);
    move(1);
    await round();
    expect(confirmation.holds(now())).toBe(true);
  });

  test("about tokens and people loads no installation; about anything else does, of unknown kinds too", async () => {
    const { history, round } = pullerWorld();
    await round();
    history.push("token", "user");
    expect((await round()).told).toEqual(["apply token 1", "apply user 2", "lease 2"]);
    history.push("installation", "of a later version", "token");
    const { told } = await round();
    expect(told.slice(-2)).toEqual(["reload 4", "lease 5"]);
  });

  test("with a gap in the history forgets everything instead of guessing", async () => {
    const { history, round, state } = pullerWorld();
    await round();
    history.push("token", "token", "token");
    state.keepsFrom = 2;
    expect((await round()).told).toEqual(["flush 3", "reload 3", "lease 3"]);
  });

  test("on another timeline confirms nothing of before, and its lease names the new epoch", async () => {
    const { history, round, state, confirmation, now, move } = pullerWorld();
    history.push("token");
    await round();
    move(1);
    await round();
    Object.assign(state, { timeline: OTHER, succeeds: true });
    state.broken = "reload";
    await expect(round()).rejects.toThrow("cannot be read");
    expect(confirmation.holds(now())).toBe(false);
    state.broken = null;
    expect((await round()).told).toEqual(["restart other 1", "reload 1", "lease 1"]);
  });
});

describe("a round that fails", () => {
  test("in the pull is asked for again from the same sequence, and has confirmed nothing", async () => {
    const { history, round, state, asked, confirmation, now, move } = pullerWorld(1);
    await round();
    history.push("token");
    state.broken = "pull";
    move(1_001);
    await expect(round()).rejects.toThrow("does not answer");
    expect(confirmation.holds(now())).toBe(false);
    state.broken = null;
    expect((await round()).told).toContain("apply token 1");
    expect(asked.slice(-1)).toEqual([0]);
  });

  test("in loading the installation loads it again, even when nothing new comes", async () => {
    const { history, round, state, puller } = pullerWorld();
    await round();
    history.push("installation");
    state.broken = "reload";
    await expect(round()).rejects.toThrow("cannot be read");
    expect(puller.applied).toBe(0);
    state.broken = null;
    expect((await round()).told).toContain("reload 1");
    expect((await round()).told).not.toContain("reload 1");
  });

  test("in writing the lease has applied what it pulled, and writes the lease with the next round", async () => {
    const { history, round, state, puller } = pullerWorld();
    await round();
    history.push("token");
    state.broken = "lease";
    await expect(round()).rejects.toThrow("does not answer");
    expect(puller.applied).toBe(1);
    state.broken = null;
    history.push("user");
    expect((await round()).told).toEqual(["apply user 2", "lease 2"]);
  });
});

describe("clocks", () => {
  test("that parted (a suspended machine, a time that was set) make everything be read anew", async () => {
    for (const [mono, wall] of [
      [10, 5_000],
      [10, -5_000],
    ] as const) {
      const { round, move, puller, state, confirmation, now } = pullerWorld(60);
      await round();
      move(1);
      await round();
      move(mono, wall);
      state.broken = "pull";
      await expect(round()).rejects.toThrow("does not answer");
      expect(confirmation.holds(now())).toBe(false);
      state.broken = null;
      expect((await round()).told).toEqual(["reload 0"]);
      expect(puller.counts.flushes).toBe(1);
    }
  });

  test("that differ from the database's are told of once, and once when they agree again, and decide nothing", async () => {
    const { round, move, state, confirmation, now, puller } = pullerWorld();
    await round();
    state.clockAheadMs = 3_600_000;
    move(1);
    expect((await round()).told).toEqual(["clock differs: -3600000"]);
    expect([(await round()).told, confirmation.holds(now()), puller.counts.flushes]).toEqual([[], true, 0]);
    state.clockAheadMs = 0;
    expect((await round()).told).toEqual(["clock agrees: 0"]);
    state.isMissed = true;
    state.clockAheadMs = -5_000;
    expect((await round()).told).toContain("clock differs: 5000");
  });

  test.each([
    [10, 900],
    [60, 900],
    [1, 225],
  ])("under a bound of %i s let a lease be written again after %i ms, not before", async (bound, ms) => {
    const { round, move } = pullerWorld(bound);
    await round();
    move(ms - 1);
    expect((await round()).told).toEqual([]);
    move(1);
    expect((await round()).told).toEqual(["lease 0"]);
  });
});

test("an answer that was long under way makes nothing younger, neither the pull nor the lease", async () => {
  const { round, state, move, confirmation, now } = pullerWorld();
  await round();
  move(1_000);
  state.answersAfterMs = 400;
  expect((await round()).told).toEqual(["lease 0"]);
  // Sent 800 ms ago the pull, and 400 ms ago the lease.
  expect(confirmation.ageMs(now())).toBe(800);
  state.answersAfterMs = 0;
  move(499);
  expect((await round()).told).toEqual([]);
  move(1);
  expect((await round()).told).toEqual(["lease 0"]);
});

test("how far we were behind is what the last pull found", async () => {
  const { history, round, puller } = pullerWorld();
  history.push("token", "token");
  await round();
  expect(puller.lag).toBe(0);
  history.push("token", "user", "token");
  await round();
  expect(puller.lag).toBe(3);
  await round();
  expect(puller.lag).toBe(0);
  expect(puller.counts).toMatchObject({ pulls: 3, changes: 3, restarts: 1 });
});

test("in no order of changes, failures and pruning is a sequence said to be applied that was not, nor the installation old", async () => {
  const step = fc.record({
    news: fc.array(fc.constantFrom<Kind>("token", "user", "installation", "all", "of a later version"), {
      maxLength: 4,
    }),
    broken: fc.constantFrom<Broken>("pull", "reload", "lease", null, null),
    prune: fc.boolean(),
    jump: fc.constantFrom(0, 0, 5_000),
  });
  const histories = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
    const { history, round, state, told, puller, move } = pullerWorld();
    const forgotten = new Set<number>();
    let loaded = -1;
    for (const { news, broken, prune, jump } of steps) {
      history.push(...news);
      Object.assign(state, { broken, keepsFrom: prune ? history.length : state.keepsFrom });
      move(1_000, 1_000 + jump);
      await round().catch(() => undefined);
      for (const line of told) {
        const seq = Number(line.split(" ").at(-1));
        if (line.startsWith("apply")) forgotten.add(seq);
        if (/^(flush|restart)/.test(line)) for (let each = 1; each <= seq; each += 1) forgotten.add(each);
        if (line.startsWith("reload")) loaded = Math.max(loaded, seq);
      }
      const done = history.slice(0, puller.applied);
      expect(done.every((_, at) => forgotten.has(at + 1))).toBe(true);
      const ruled = done.findLastIndex((kind) => kind !== "token" && kind !== "user") + 1;
      if (puller.counts.pulls > 0) expect(loaded).toBeGreaterThanOrEqual(ruled);
      for (const line of told) if (line.startsWith("lease")) expect(line).toBe(`lease ${history.length}`);
    }
  });
  await fc.assert(histories);
});
