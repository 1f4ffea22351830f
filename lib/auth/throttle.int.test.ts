import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#lib/db/client";
import { createDatabase, type TestDatabase } from "#test/database";
import { DAY, NOON } from "#test/rules";
import { type Attempt, claimAttempt, forgiveAttempts } from "./throttle";

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createDatabase();
  db = openDatabase(database.portalUrl);
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});
beforeEach(() => db.signInThrottle.deleteMany());

const HOME: Attempt = { account: "ada", address: "192.0.2.1", knownAddress: true };
const STRANGER: Attempt = { account: "ada", address: "198.51.100.7", knownAddress: false };

/** Seconds to wait, as the attempt is told; 0 where it may be made. */
async function wait(attempt: Attempt, now: number): Promise<number> {
  const claimed = await claimAttempt(db, attempt, now);
  if (claimed.ok) return 0;
  expect(claimed.refusal.code).toBe("too_many_requests");
  return claimed.refusal.retryAfterSeconds ?? -1;
}

/** Attempts, each made as soon as it may be. @returns how long each had to wait, in seconds */
async function guesses(count: number, attempt: (n: number) => Attempt, from = NOON): Promise<number[]> {
  const waited: number[] = [];
  let now = from;
  for (let n = 0; n < count; n += 1) {
    const seconds = await wait(attempt(n), now);
    waited.push(seconds);
    now += seconds * 1_000;
    if (seconds > 0) expect(await wait(attempt(n), now)).toBe(0);
  }
  return waited;
}

describe("attempts at one account from one address", () => {
  it("wait twice as long each time after the third, five minutes at most", async () => {
    expect(await guesses(14, () => HOME)).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
  });

  it("are told the whole wait until the very millisecond it is over, and asking in between costs nothing", async () => {
    await guesses(5, () => HOME);
    const now = NOON + 3_000;
    expect(await wait(HOME, now)).toBe(4);
    for (let i = 0; i < 20; i += 1) await wait(HOME, now + i);
    expect(await wait(HOME, now + 3_999)).toBe(1);
    expect(await wait(HOME, now + 4_000)).toBe(0);
  });

  it("at the same moment are counted one by one: once there is something to wait for, one of ten is let through", async () => {
    await guesses(3, () => HOME);
    const both = await Promise.all(Array.from({ length: 10 }, () => wait(HOME, NOON + 1_000)));
    expect(both.filter((seconds) => seconds === 0)).toHaveLength(1);
  });

  it("are forgotten a day after the last: whoever comes back mistypes as freely as anybody", async () => {
    await guesses(8, () => HOME);
    const tomorrow = NOON + 32_000 + 2 * DAY;
    expect(await guesses(3, () => HOME, tomorrow)).toEqual([0, 0, 0]);
    expect(await guesses(2, () => HOME, tomorrow)).toEqual([1, 2]);
  });

  it("survive a clock that was set back: nobody gains an attempt by it, nor waits for days", async () => {
    await guesses(4, () => HOME);
    const seconds = await wait(HOME, NOON - 3_600_000);
    expect(seconds).toBeGreaterThan(0);
  });
});

describe("attempts that are spread", () => {
  it("over accounts are counted by the address, which an office may mistype at twenty times", async () => {
    const waited = await guesses(24, (n) => ({ ...HOME, account: `user-${n}` }));
    expect(waited.slice(0, 20)).toEqual(Array(20).fill(0));
    expect(waited.slice(20)).toEqual([1, 2, 4, 8]);
  });

  it("over addresses are counted by the account, and the wait is so short that its owner still gets in", async () => {
    const waited = await guesses(16, (n) => ({ ...STRANGER, address: `198.51.100.${n}` }));
    expect(waited).toEqual([...Array(10).fill(0), 1, 2, 4, 5, 5, 5]);
  });

  it("over strange addresses keep nobody out of where they signed in from before", async () => {
    await guesses(15, (n) => ({ ...STRANGER, address: `198.51.100.${n}` }));
    expect(await wait({ ...STRANGER, address: "203.0.113.9" }, NOON + 20_000)).toBeGreaterThan(0);
    expect(await wait(HOME, NOON + 20_000)).toBe(0);
  });

  it("over names that look like an address or a key are not taken for another's", async () => {
    await guesses(4, () => ({ ...HOME, account: "ada@192.0.2.1" }));
    await guesses(4, () => ({ ...STRANGER, account: "account:ada" }));
    expect([await wait(HOME, NOON + 1_000), await wait(STRANGER, NOON + 1_000)]).toEqual([0, 0]);
  });
});

describe("whoever signed in", () => {
  it("begins anew with this account here, and with it from strange addresses", async () => {
    await guesses(11, () => STRANGER, NOON);
    await forgiveAttempts(db, STRANGER, NOON + 900_000);
    const rows = await db.signInThrottle.findMany({ select: { key: true } });
    expect(rows.map(({ key }) => key)).toEqual([`address:${STRANGER.address}`]);
    expect(await guesses(3, () => STRANGER, NOON + 900_000)).toEqual([0, 0, 0]);
  });

  it("has one attempt taken back from the address, not those made at others from there", async () => {
    await guesses(19, (n) => ({ ...HOME, account: `user-${n}` }));
    await claimAttempt(db, HOME, NOON);
    await forgiveAttempts(db, HOME, NOON);
    const { failures } = await db.signInThrottle.findUniqueOrThrow({ where: { key: `address:${HOME.address}` } });
    expect(failures).toBe(19);
  });

  it("never brings an address below nothing, however often", async () => {
    await claimAttempt(db, HOME, NOON);
    for (let i = 0; i < 3; i += 1) await forgiveAttempts(db, HOME, NOON);
    const { failures } = await db.signInThrottle.findUniqueOrThrow({ where: { key: `address:${HOME.address}` } });
    expect(failures).toBe(0);
  });

  it("leaves the failures of others alone, and sweeps those of days ago", async () => {
    const other = { ...HOME, account: "bob" };
    await guesses(4, () => other, NOON);
    await db.signInThrottle.create({
      data: { key: "pair:old@x", failures: 9, nextAt: new Date(NOON), updatedAt: new Date(NOON - DAY - 1) },
    });
    await forgiveAttempts(db, HOME, NOON);
    expect(await wait(other, NOON)).toBeGreaterThan(0);
    expect(await db.signInThrottle.count({ where: { key: "pair:old@x" } })).toBe(0);
  });
});
