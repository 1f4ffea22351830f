import { waitFor } from "#server/wait";

/** Lets time go by: what is measured goes on meanwhile, or has to settle. No test has anything to wait for like that. */
export async function pause(ms: number): Promise<void> {
  await waitFor(() => undefined, ms, ms);
}
