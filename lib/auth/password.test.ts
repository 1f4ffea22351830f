import { describe, expect, it } from "vitest";
import { preparePassword, verifyPassword } from "./password";
import { judgePassword } from "./password-rules";

const codeOf = async (password: string, own: string[] = []) => (await judgePassword(password, own)).ok;

describe("a new password", () => {
  it("needs fifteen characters, counted as people count them, and at most 128", async () => {
    expect(await codeOf("q7Lm2xWv9Tz4bN")).toBe(false);
    expect(await codeOf("q7Lm2xWv9Tz4bNk")).toBe(true);
    expect(await codeOf("q7🦊m2xWv9Tz4bN")).toBe(false);
    expect(await codeOf("x7Qk".repeat(33))).toBe(false);
  });
  it("may be made of any characters, without rules of composition", async () => {
    for (const good of ["purple monk kayak", "鍵は猫の下にあるかもしれない朝", "tisch gabel wolke"])
      expect(await codeOf(good)).toBe(true);
  });
  it("is refused when common, repetitive, or the person's own words", async () => {
    for (const bad of ["passwordpassword", "aaaaaaaaaaaaaaaaaa", "123456789012345678", "qwertyuiopasdfgh"])
      expect(await codeOf(bad)).toBe(false);
    expect(await codeOf("mara.lindqvist1", ["mara.lindqvist", "mara.lindqvist@example.com"])).toBe(false);
  });
});

describe("verifying", () => {
  it("tells passwords apart beyond byte 72, where bcrypt stops reading", async () => {
    const long = "wolke gabel tisch ".repeat(5);
    const prepared = await preparePassword(`${long}A`, []);
    if (!prepared.ok) throw new Error(prepared.refusal.detail);
    expect(await verifyPassword(`${long}A`, prepared.value.hash)).toEqual({ ok: true, value: true });
    expect(await verifyPassword(`${long}B`, prepared.value.hash)).toEqual({ ok: true, value: false });
  });
  it("accepts either spelling of a composed letter", async () => {
    const prepared = await preparePassword("schl\u00fcssel unter katze", []);
    if (!prepared.ok) throw new Error(prepared.refusal.detail);
    expect(await verifyPassword("schlu\u0308ssel unter katze", prepared.value.hash)).toEqual({ ok: true, value: true });
  });
  it("refuses when there is no hash, after hashing all the same", async () => {
    const before = process.cpuUsage();
    expect(await verifyPassword("whatever it is", null)).toEqual({ ok: true, value: false });
    // Work was done, not measured against the clock: a real bcrypt of cost 12 takes far over a millisecond of CPU.
    expect(process.cpuUsage(before).user).toBeGreaterThan(20_000);
  });
  it("sends people away when forty are waiting, instead of queueing for ever", async () => {
    const all = await Promise.all(
      Array.from({ length: 60 }, () =>
        verifyPassword("x", "$2b$04$CwTycUXWue0Thq9StjUM0uJ8q8V4cC6mCjLBCF7PfLrI9pZ5Xz1lK"),
      ),
    );
    expect(all.filter((each) => !each.ok).length).toBe(18);
  });
});
