import type { Viewer } from "#lib/access/viewer";
import { formFacts, type TokenFormFacts } from "./making/form-facts";
import { readFormInputs } from "./queries";

export type { TokenFormFacts } from "./making/form-facts";

const NOBODY: TokenFormFacts = {
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

/** What *New token* needs to know about a viewer: what they may make, by whose rule, and what there is to choose from. */
export async function tokenFormFacts(viewer: Viewer): Promise<TokenFormFacts> {
  const inputs = await readFormInputs(viewer);
  return inputs === null ? NOBODY : formFacts(inputs);
}
