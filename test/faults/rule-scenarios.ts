import { operator } from "#lib/auth/actors";
import { execute } from "#lib/commands/execute";
import { addMembers } from "#lib/groups/commands/add-members";
import { previewChange } from "#lib/impact/queries";
import { createNetwork } from "#lib/networks/commands/create";
import { editNetwork } from "#lib/networks/commands/edit";
import { createPolicy } from "#lib/policies/commands/create";
import { editPolicy } from "#lib/policies/commands/edit";
import { editToken } from "#lib/tokens/commands/edit";
import type { Asked } from "./asking";
import { type Act, heard, unheard } from "./change-scenarios";
import type { FaultHouse } from "./house";
import type { Scenario } from "./scenarios";
import type { Story } from "./story";

/** The network of those who ask, and one of nobody's. */
const [HERE, ELSEWHERE] = ["192.0.2.0/24", "198.51.100.0/24"];

type Moved = (ranges: readonly string[], to: 200 | 403) => Act;

/** Binds the victim to a network of its own. @returns gives that network other ranges */
async function bound({ db }: FaultHouse, story: Story): Promise<Moved> {
  const network = { name: `where ${story.victim.owner} works`, ranges: [HERE] };
  const { output } = await story.told(() => execute(db, createNetwork, operator(), network, Date.now()));
  const { id } = output;
  const binding = { id: story.victim.id, version: 1, ipRanges: [network.name] };
  await story.change(() => execute(db, editToken, operator(), binding, Date.now()), 200);
  return (ranges, to) => async () => {
    const edit = async () => {
      const { version } = await db.network.findUniqueOrThrow({ where: { id } });
      return execute(db, editNetwork, operator(), { id, version, ranges }, Date.now());
    };
    await story.change(edit, to);
  };
}

const OWN = { maxLifetimeDays: 365, access: "write", applications: "all", maxActive: 25 };

type Ruled = (changes: object, to: 200 | 403, of?: readonly Asked[]) => Act;

/** Gives a token's owner a tier that is nobody else's. @returns changes it; of tokens that this breaks the rights are reduced */
async function ruled({ db }: FaultHouse, story: Story, token: Asked = story.victim): Promise<Ruled> {
  const { owner } = token;
  const group = await db.group.create({ data: { name: `of ${owner}`, externalId: `of ${owner}` } });
  const place = 2_000 + (await db.policy.count());
  const tier = { name: `of ${owner}`, priority: place, members: { groups: [group.name] }, use: true, own: OWN };
  const { output } = await story.told(() => execute(db, createPolicy, operator(), tier, Date.now()));
  const { id } = output;
  const joining = { id: group.id, users: [owner] };
  const both = [token, writing(token)];
  await story.change(() => execute(db, addMembers, operator(), joining, Date.now()), 200, both);
  return (changes, to, of = both) =>
    async () => {
      const edit = async () => {
        const { version } = await db.policy.findUniqueOrThrow({ where: { id } });
        const impact = await previewChange(operator(), { change: "policy.edit", id, ...changes });
        if (!impact.ok) return impact;
        const considered = { affected: { choice: "reduce" }, fingerprint: impact.value.fingerprint };
        return execute(db, editPolicy, operator(), { id, version, ...changes, ...considered }, Date.now());
      };
      await story.change(edit, to, of);
    };
}

/** The same token, by which something is changed where it is asked for. */
const writing = (token: Asked): Asked => ({ ...token, method: "POST" });

/** Rules that many tokens have in common: none of them is about one token, and all change what is said of it. */
export const RULES: Readonly<Record<string, Scenario>> = {
  "the network that a token is bound to moves away, and grows until it is here again": async (house, story) => {
    const move = await bound(house, story);
    await unheard(move([ELSEWHERE], 403))(house, story);
    await unheard(move([ELSEWHERE, HERE], 200))(house, story);
  },
  "its tier lets no token be used, and lets them again": async (house, story) => {
    const rule = await ruled(house, story);
    await unheard(rule({ use: false }, 403))(house, story);
    await unheard(rule({ use: true }, 200))(house, story);
  },
  "its tier lets tokens only read, and what they lost by that does not come back": async (house, story) => {
    const { kept, victim } = story;
    for (const token of [kept, victim]) story.asks(writing(token));
    // Who was away for as long as it may be forgets everything, and would not be found to keep what has changed.
    for (const [token, told] of [[kept, heard] as const, [victim, unheard] as const]) {
      const rule = await ruled(house, story, token);
      await told(rule({ ceiling: { access: "read" } }, 403, [writing(token)]))(house, story);
      await told(rule({ ceiling: null }, 403, [writing(token)]))(house, story);
    }
  },
};
