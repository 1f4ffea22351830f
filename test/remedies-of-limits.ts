import { randomUUID } from "node:crypto";
import { issueToken } from "#lib/tokens/commands/issue";
import { ANYTHING, type Ask, type Scene, withSecret } from "./remedies";
import { alone, changed, OLD, type Row, renewed } from "./remedies-rows";

const SEARCH = { method: "POST", uri: "/rest/api/2/search/jql" };
const WRITE = { method: "POST", uri: "/rest/api/2/issue" };
const OTHERS = ["198.51.100.0/24"];
const FROM_THERE = { clientIp: "198.51.100.9" };

type Data = NonNullable<Parameters<Scene["token"]>[0]>;

const asBearer = (secret: string) => ({ headers: withSecret(secret) });
const under = (limits: object) => ({ own: { ...ANYTHING, ...limits } });

/** The rule above a token is changed; where the token itself refuses too, another one follows. */
const above = (follows: string, before: object, after: object, ask: Partial<Ask> = {}, own?: Data): Row => ({
  follows,
  provoke: async ({ tier, token, create }) => {
    const change = await tier(before);
    const broken = { ...ask, ...asBearer(await token(own)) };
    const mend = async () => {
      await change(after);
      return own === undefined ? broken : { ...ask, ...asBearer(await create()) };
    };
    return { broken, mend };
  },
});

/** The same of the delegation that a token was issued under. */
const delegated = (follows: string, limits: object, ask: Partial<Ask> = {}): Row => ({
  follows,
  provoke: async ({ delegation, token }) => {
    const { id, name, change } = await delegation({ ...ANYTHING, ...limits });
    const secret = await token({ grantBy: "delegation", delegationId: id, delegationName: name });
    const broken = { ...ask, ...asBearer(secret) };
    return { broken, mend: async () => change(ANYTHING).then(() => broken) };
  },
});

/** The same token, from another network. */
const fromThere = (follows: string, before: object | null, own: Data = {}): Row => ({
  follows,
  provoke: async ({ tier, token }) => {
    if (before !== null) await tier(before);
    const broken = asBearer(await token(own));
    return { broken, mend: async () => ({ ...broken, ...FROM_THERE }) };
  },
});

type Words = Readonly<Record<"own" | "tier" | "delegation" | "ceiling", string>>;

/** What holds whoever it was that refused: the token itself, or any of those above it. */
const whoever = (
  { own, tier, delegation, ceiling }: Words,
  limits: object,
  data: Data,
  ask: Partial<Ask> = {},
): Row[] =>
  [
    renewed(own, () => data, ask),
    above(tier, under(limits), under({}), ask),
    delegated(delegation, limits, ask),
    above(ceiling, { ceiling: limits }, { ceiling: null }, ask),
  ].map((row) => ({ ...row, ...OLD }));

/** For another application alone. */
const OTHER = { applications: ["elsewhere"] };
const ELSEWHERE = { ...OTHER, allApplications: false };
const READS = { access: "read" } as const;
const THERE = { ranges: OTHERS };
const FROM_OTHERS = { ipRanges: OTHERS };

/** What gave a token its rights is gone. */
const orphan = () => ({ grantBy: "delegation" as const, delegationId: randomUUID(), delegationName: "Gone" });

/** Refusals by what limits a token: it itself, what gave it its rights, or a ceiling. */
export const REMEDIES_OF_LIMITS = {
  application_refused: [
    renewed("Create a token for this application", () => ELSEWHERE),
    above(
      "An administrator can let that rule include this application; a new token would be refused alike",
      under(OTHER),
      under({}),
    ),
    above(
      "An administrator can let the rule above the token include this application; then create a token for it",
      ...([under(OTHER), under({}), {}, ELSEWHERE] as const),
    ),
    renewed("What gave this token its rights gives none any more. Create one under a tier", orphan),
    {
      follows: "delegation that does",
      provoke: async ({ token, delegation, run, username: owner }) => ({
        broken: asBearer(await token(orphan())),
        mend: async () => {
          const { name } = await delegation(ANYTHING);
          const wish = { owner, delegation: name, name: "issued", applications: "all", access: "write" };
          const issued = await run(issueToken, wish);
          if (!("secret" in issued)) throw new Error("Its secret was not shown");
          return asBearer(issued.secret);
        },
      }),
    },
    ...whoever(
      {
        ...{ own: "Create a token for this application", tier: "where its tier", delegation: "delegation" },
        ceiling: "ceiling leaves that out, an administrator includes it there first",
      },
      ...([OTHER, ELSEWHERE] as const),
    ),
  ],
  token_address_refused: [
    fromThere("Call from an allowed network", null, FROM_OTHERS),
    renewed("use a token that allows this one", () => FROM_OTHERS),
    fromThere("Call from an allowed network", under(THERE)),
    above("have an administrator widen the ranges of that rule", under(THERE), under({})),
    fromThere("Call from an allowed network", under(THERE), FROM_OTHERS),
    above(
      "have an administrator widen the rule above the token; then use a token that allows this one",
      ...([under(THERE), under({}), {}, FROM_OTHERS] as const),
    ),
    { ...fromThere("Call from an allowed network", null, FROM_OTHERS), ...OLD },
    ...whoever(
      {
        ...{ own: "use a token that allows this one", tier: "where its tier", delegation: "delegation" },
        ceiling: "ceiling does not, an administrator widens their ranges first",
      },
      ...([THERE, FROM_OTHERS] as const),
    ),
    ...alone(() => FROM_OTHERS),
  ],
  write_refused: [
    renewed("Use a token that may write", () => READS, WRITE),
    above(
      "An administrator can let that rule allow writing; a new token would be refused alike",
      ...([{ ceiling: READS }, { ceiling: null }, WRITE] as const),
    ),
    above(
      "An administrator can let the rule above the token allow writing; then use a token that may write",
      ...([under(READS), under({}), WRITE, READS] as const),
    ),
    changed(
      "The application's read pack … would let it pass",
      {},
      { readPacks: ["jira-cloud-like"] },
      (secret) => ({ ...SEARCH, ...asBearer(secret) }),
      READS,
    ),
    {
      follows: "Without the … it would only read",
      provoke: async ({ token }) => {
        const headers = withSecret(await token(READS));
        const broken = { headers: { ...headers, "X-HTTP-Method-Override": "DELETE" } };
        return { broken, mend: async () => ({ headers }) };
      },
    },
    ...whoever(
      {
        ...{ own: "Use a token that may write", tier: "where tier", delegation: "delegation" },
        ceiling: "ceiling allow reading only, an administrator changes that first",
      },
      ...([READS, READS, WRITE] as const),
    ),
  ],
} as const satisfies Record<string, readonly Row[]>;
