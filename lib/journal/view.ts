import type { Cause } from "./standing";

/** Whether the installation is in quarantine, as REST and pages show it. `since` is ISO 8601 UTC. */
export type QuarantineView = {
  readonly quarantined: boolean;
  readonly since: string | null;
  readonly cause: Cause | null;
  /** One or two sentences that say what is the case. */
  readonly why: string | null;
};

/** What somebody is told who has to end it. @param url of this portal; null where nobody has said it to this process */
export function whyOf(cause: Cause, boundUrl: string, url: string | null): string {
  if (cause === "elsewhere") {
    const here = url === null ? "was started with a portal at another address" : `this portal is ${url}`;
    return `This database belongs to ${boundUrl}, and ${here}: it looks like a copy. Its tokens are also tokens there.`;
  }
  return "This database is older than the journal of ends, or than what a verifier knew: a backup was restored, or a replica took over. What was revoked since would work again.";
}
