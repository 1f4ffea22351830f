/** The pages of the help, as each names the others. */
const PAGES = [
  { href: "/help", label: "How to use tokens" },
  { href: "/help/refusals", label: "Why was I refused?" },
  { href: "/help/api", label: "The API" },
] as const;

export type HelpHref = (typeof PAGES)[number]["href"];

export const otherPages = (here: HelpHref) => PAGES.filter(({ href }) => href !== here);

export const titleOf = (here: HelpHref): string => PAGES.find(({ href }) => href === here)?.label ?? "";
