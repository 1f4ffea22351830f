import { steppedUp } from "#lib/access/step-up";
import type { Actor } from "#lib/access/viewer";
import { LATCHKEY } from "#lib/applications/application";
import { ok, type Result, refuse } from "#lib/errors/error";
import type { Network } from "#lib/networks/network";
import { type Reach, widenings } from "./widening";

/**
 * What holds for every new secret, whoever makes it: a token for the portal itself is made by its owner only, for
 * writing only by one who is present; and what a token makes is no wider than itself.
 * @param now epoch milliseconds
 * @returns `forbidden`, `step_up_required`, or `limit_exceeded` naming the fields
 */
export function mayMake(
  actor: Actor,
  ownerId: string,
  reach: Reach,
  networks: ReadonlyMap<string, Network>,
  now: number,
): Result<void> {
  if (reach.applications !== "all" && reach.applications.includes(LATCHKEY)) {
    const owner = "userId" in actor && actor.userId === ownerId;
    if (!owner) return refuse("forbidden", "A token for the portal itself is only ever made by its owner.");
    const present = reach.access === "write" ? steppedUp(actor, now) : ok(undefined);
    if (!present.ok) return present;
  }
  if (actor.kind !== "token") return ok(undefined);
  // How often it may be used is no reach: each token counts for itself, and a rate is what tier or delegation say.
  const wider = widenings(actor, reach, networks, { kind: "token", name: actor.tokenName }).filter(
    ({ path }) => path !== "rateLimit",
  );
  const [first] = wider;
  return first === undefined ? ok(undefined) : refuse("limit_exceeded", first.message, wider);
}
