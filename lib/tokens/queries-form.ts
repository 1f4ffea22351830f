import type { Viewer } from "#lib/access/viewer";
import { now } from "#lib/clock";
import { database } from "#lib/db/client";
import { env } from "#lib/env";
import { readInstallationFacts } from "#lib/verification/facts/portal";
import { type FormInputs, formFacts, type TokenFormFacts } from "./making/form-facts";
import { holderOf } from "./row";
import { activeTokens, OWNER_COLUMNS } from "./store";

/** For the operator, who has no tier. */
const NOBODY: TokenFormFacts = {
  holder: null,
  mayCreate: { allowed: false, reason: "Nobody is signed in." },
  tier: null,
  limits: null,
  sources: null,
  rangeLimits: [],
  activeTokens: 0,
  applications: [],
  networks: [],
  address: "",
};

async function readFormInputs(viewer: Viewer): Promise<FormInputs | null> {
  if (!("userId" in viewer)) return null;
  const db = database();
  const [rules, active, owner, groups] = await Promise.all([
    readInstallationFacts(db),
    activeTokens(db, viewer.userId, null, now()),
    db.user.findUnique({ where: { id: viewer.userId }, select: OWNER_COLUMNS }),
    db.group.findMany({
      where: { members: { some: { userId: viewer.userId } } },
      select: { id: true, source: true, externalId: true },
    }),
  ]);
  if (owner === null) return null;
  return { rules, active, holder: holderOf(owner), groups, address: viewer.address, portalUrl: env().url };
}

/**
 * What *New token* needs to know about a viewer: what they may make, by whose rule, and what there is to choose from.
 * For that form only; a page that names applications asks `applicationNames`, one that counts asks `makingFacts`.
 */
export async function tokenFormFacts(viewer: Viewer): Promise<TokenFormFacts> {
  const inputs = await readFormInputs(viewer);
  return inputs === null ? NOBODY : formFacts(inputs);
}

/** Whether a viewer may make tokens, and how many: what *My tokens* says beside its button. */
export async function makingFacts(
  viewer: Viewer,
): Promise<Pick<TokenFormFacts, "mayCreate" | "tier" | "limits" | "activeTokens">> {
  const { mayCreate, tier, limits, activeTokens } = await tokenFormFacts(viewer);
  return { mayCreate, tier, limits, activeTokens };
}
