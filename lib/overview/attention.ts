/** What waits for somebody: how many, and the first of them by name. */
export type Waiting = { readonly count: number; readonly first: string };

/** Counting stops here: beyond it nobody reads the number. */
export const MOST_COUNTED = 100;

/** What needs an administrator, in the order in which it matters. */
export const ATTENTION = [
  "leaked",
  "knocking",
  "owners-gone",
  "grants-lost",
  "waivers-ending",
  "gateways-silent",
  "used-and-ending",
  "without-factor",
  "unmaintained",
] as const;

export type Attention = (typeof ATTENTION)[number];

const TITLES: Readonly<Record<Attention, readonly [one: string, many: string]>> = {
  leaked: [
    "token ended this week because its secret was found",
    "tokens ended this week because their secrets were found",
  ],
  knocking: ["ended token is still knocking", "ended tokens are still knocking"],
  "owners-gone": ["token lost its owner", "tokens lost their owner"],
  "grants-lost": ["token lost the delegation it was issued under", "tokens lost the delegation they were issued under"],
  "waivers-ending": ["waiver ends within two weeks", "waivers end within two weeks"],
  "gateways-silent": ["gateway has not called for hours", "gateways have not called for hours"],
  "used-and-ending": ["token in use ends within a week", "tokens in use end within a week"],
  "without-factor": ["person with a role has no second factor", "people with a role have no second factor"],
  unmaintained: ["service account has no maintainer", "service accounts have no maintainer"],
};

const WHY: Readonly<Record<Attention, (first: string) => string>> = {
  leaked: (first) =>
    `Somebody reported the secret of “${first}”. Its owner is told; what was done with it before is on its page.`,
  knocking: (first) => `Something still sends “${first}” and is refused. Its owner may not know.`,
  "owners-gone": (first) => `“${first}” is refused while its owner is deactivated. Somebody may depend on it.`,
  "grants-lost": (first) => `“${first}” works only as far as its waiver goes, if it has one.`,
  "waivers-ending": (first) => `After that “${first}” is held to today's tier again.`,
  "gateways-silent": (first) => `Requests may be passing by ${first}.`,
  "used-and-ending": (first) => `“${first}” was used this week. Its owner can rotate it.`,
  "without-factor": (first) => `${first} is asked for one at the next sign-in.`,
  unmaintained: (first) => `Nobody manages the tokens of ${first}.`,
};

/** *7 ended tokens are still knocking*, *100 or more tokens …*. */
export function attentionTitle(key: Attention, { count }: Waiting): string {
  const [one, many] = TITLES[key];
  if (count >= MOST_COUNTED) return `${MOST_COUNTED} or more ${many}`;
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}

/** One sentence about the first of them. */
export const attentionReason = (key: Attention, { first }: Waiting): string => WHY[key](first);
