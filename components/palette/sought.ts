/** What the palette offers: somewhere to go. `detail` tells it from others of the same name. */
export type Goal = { readonly href: string; readonly label: string; readonly detail: string };
export type Goals = { readonly title: string; readonly goals: readonly Goal[] };

/** Who looks: what is asked for follows from it. The API says what they may see, whatever is asked. */
export type Seeker = { readonly role: "user" | "auditor" | "admin"; readonly manages: boolean };

type Source = {
  readonly title: string;
  readonly path: `/api/v1/${string}`;
  readonly goal: (item: Readonly<Record<string, unknown>>) => Goal;
};

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const ownerOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "username" in value ? text(value.username) : "";

const token: Source["goal"] = ({ id, name, owner, hint }) => ({
  href: `/tokens/${text(id)}`,
  label: text(name),
  detail: [ownerOf(owner), text(hint)].filter(Boolean).join(" · "),
});

const OWN: Source = { title: "Tokens", path: "/api/v1/tokens", goal: token };
const MANAGED: Source = { title: "Tokens", path: "/api/v1/admin/tokens", goal: token };
const FOR_ROLES: readonly Source[] = [
  {
    title: "People and service accounts",
    path: "/api/v1/users",
    goal: ({ id, username, displayName }) => ({
      href: `/admin/users/${text(id)}`,
      label: text(displayName) || text(username),
      detail: text(username),
    }),
  },
  {
    title: "Groups",
    path: "/api/v1/groups",
    goal: ({ id, name, ref }) => ({ href: `/admin/groups/${text(id)}`, label: text(name), detail: text(ref) }),
  },
  {
    title: "Applications",
    path: "/api/v1/applications",
    goal: ({ id, name, key }) => ({ href: `/admin/applications/${text(id)}`, label: text(name), detail: text(key) }),
  },
];

/** What is asked for this person: their own tokens or those they manage; with a role people, groups, applications too. */
export function sourcesFor({ role, manages }: Seeker): readonly Source[] {
  const tokens = role !== "user" || manages ? MANAGED : OWN;
  return role === "user" ? [tokens] : [tokens, ...FOR_ROLES];
}

/** Fewer letters find everything and nothing. */
export const LEAST = 2;
const MOST = 5;

/** The address that asks a source. What is asked was seen not to hold a secret before. */
export const askingFor = ({ path }: Source, q: string): `/api/v1/${string}` =>
  `${path}?limit=${MOST}&q=${encodeURIComponent(q)}`;

const itemsOf = (answer: unknown): Readonly<Record<string, unknown>>[] => {
  const items = typeof answer === "object" && answer !== null && "items" in answer ? answer.items : [];
  return Array.isArray(items) ? items.filter((item) => typeof item === "object" && item !== null) : [];
};

/** What a source answered, as goals. */
export const goalsOf = (source: Source, answer: unknown): Goals => ({
  title: source.title,
  goals: itemsOf(answer).map(source.goal),
});

const plain = (words: string): string => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Pages whose name has all the words, in any order; all of them when nothing was typed. */
export function pagesNamed(pages: readonly Goal[], typed: string): readonly Goal[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return pages.filter(({ label }) => words.every((word) => plain(label).includes(word)));
}

/** Longer than any name and shaped like a piece of a secret of ours: it is not asked for, whoever typed it. */
const PIECE = /[A-Za-z][A-Za-z0-9]{1,14}_[0-9A-Za-z]{16,}/;

/** Whether something typed may stand in an address: nothing that is, or could be a piece of, a secret. */
export const mayBeAsked = (typed: string): boolean => typed.length <= 200 && !PIECE.test(typed);
