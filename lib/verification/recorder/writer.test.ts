import { describe, expect, test } from "vitest";
import type { Write } from "./rows";
import { writeAll } from "./writer";

const write = (table: Write["table"], row: Write["rows"][number]): Write => ({ table, rows: [row] });
const USAGE = write("token_usage", { token_id: "t1", last_at: 5, allowed: 2, refused: 1 });
const COUNTS = write("verification_counts", { hour: 0, reason: "allowed", count: 3 });
const CONTACT = write("gateway_contacts", { gateway_key: "gw1", at: 5, address: "::1" });
const ALL = [USAGE, COUNTS, CONTACT];

/** What a driver throws: PostgreSQL's errors carry an SQLSTATE, the socket's a name, a late answer nothing. */
const failure = (code?: string) => Object.assign(new Error("failed"), code === undefined ? {} : { code });

/** Writes through a connection that fails at one table. */
async function written(table: Write["table"] | null, error: unknown, writes: readonly Write[] = ALL) {
  const done: string[] = [];
  const query = async ({ name }: { name: string }) => {
    if (name === `latchkey_record_${table}`) throw error;
    done.push(name.replace("latchkey_record_", ""));
    return [];
  };
  return { ...(await writeAll({ query } as never, writes)), done };
}

describe("writing a batch", () => {
  test("leaves nothing when everything was taken", async () => {
    expect(await written(null, null)).toEqual({
      ...{ left: [], lost: 0, error: null },
      done: ["token_usage", "verification_counts", "gateway_contacts"],
    });
  });

  test.each(["40P01", "40001", "55P03", "53300", "08006", "25006"])(
    "tries again what PostgreSQL answered with %s, with its numbers: nothing of it was done",
    async (code) => {
      const error = failure(code);
      const { left, lost, done } = await written("verification_counts", error);
      expect(left).toEqual([COUNTS, CONTACT]);
      expect(lost).toBe(0);
      expect(done).toEqual(["token_usage"]);
    },
  );

  test.each(["22003", "23503", "42501", "42P01"])(
    "gives up what PostgreSQL will never take (%s), says how much that was, and goes on with the rest",
    async (code) => {
      const { left, lost } = await written("verification_counts", failure(code));
      expect(left).toEqual([CONTACT]);
      expect(lost).toBe(3);
    },
  );

  test.each([
    ["the connection broke", failure("ECONNRESET")],
    ["the answer was late", failure()],
    ["the server was told to stop", failure("57P01")],
    ["something was thrown that is no error", "gone"],
  ])("writes the evidence again without its numbers when %s: it may be written already", async (_what, error) => {
    const { left, lost } = await written("verification_counts", error);
    expect(left).toEqual([{ table: "verification_counts", rows: [{ hour: 0, reason: "allowed", count: 0 }] }, CONTACT]);
    expect(lost).toBe(3);
  });

  test("counts as lost only verifications: of other tables nothing is counted twice, and nothing is called lost", async () => {
    const { left, lost } = await written("token_usage", failure("ETIMEDOUT"));
    expect(left[0]).toEqual({ table: "token_usage", rows: [{ token_id: "t1", last_at: 5, allowed: 0, refused: 0 }] });
    expect(left.slice(1)).toEqual([COUNTS, CONTACT]);
    expect(lost).toBe(0);
  });

  test("whose numbers were dropped once loses them once, however often it breaks", async () => {
    const first = await written("verification_counts", failure());
    const second = await written("verification_counts", failure(), first.left);
    expect(first.lost + second.lost).toBe(3);
    expect(second.left).toEqual(first.left);
  });
});
