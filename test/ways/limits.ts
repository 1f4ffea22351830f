import { Prisma } from "#lib/db/generated/client";
import { DAYS, type Day, type RateLimit } from "#lib/tokens/restrictions/restrictions";
import { waitUntil } from "../upstreams/wait-until";
import type { Contract } from "./contract";

/** While `during` runs the installation bears this rate, and the verifier knows it; afterwards none, whatever became of that. */
export async function bearing(
  { installation, at }: Pick<Contract, "installation" | "at">,
  name: "ownerRate" | "failureRate",
  rate: RateLimit,
  during: () => Promise<void>,
): Promise<void> {
  const set = async (value: RateLimit | null) => {
    const data = { [name]: value ?? Prisma.DbNull };
    await installation.db.settings.update({ where: { id: 1 }, data });
    await waitUntil("the verifier knows", () => {
      const known = at.plane.facts.installation?.[name];
      return known !== undefined && known?.perMinute === value?.perMinute ? true : undefined;
    });
  };
  await set(rate);
  await during().finally(() => set(null));
}

/** The day that it is in three days, in UTC: no midnight that a test may see begins or ends it. */
export const inThreeDays = (): Day => DAYS[(new Date().getUTCDay() + 2) % DAYS.length] ?? "mon";
