import { type Described, descriptionOf } from "#lib/commands/described";
import { METHODS, type Method, ROUTES } from "./routes";
import { ACCOUNT } from "./words/account";
import { PEOPLE } from "./words/people";
import { RULES } from "./words/rules";
import { TOKENS } from "./words/tokens";
import { UPSTREAMS } from "./words/upstreams";
import type { Chapter, Words } from "./words/words";

/** The chapters of the description, in the order in which people need them. */
export const CHAPTERS: Readonly<Record<string, Chapter>> = {
  Tokens: TOKENS,
  "Users and groups": PEOPLE,
  "Policies, delegations, networks": RULES,
  "Applications, gateways, audit": UPSTREAMS,
  "One's own account": ACCOUNT,
};

export type Operation = {
  readonly method: Method;
  /** As its folder is called: `tokens/[id]/revoke`. */
  readonly route: string;
  readonly chapter: string;
  readonly described: Described;
  readonly words: Words;
};

/** Every route and method that takes something of its own, whether somebody found words for it or not. */
export const handled: readonly { method: Method; route: string; described: Described }[] = Object.entries(
  ROUTES,
).flatMap(([route, handlers]) =>
  METHODS.flatMap((method) => {
    const described = descriptionOf(handlers[method]);
    return described === null ? [] : [{ method, route, described }];
  }),
);

/** Every operation of the API that there are words for; a test sees that there are for all. */
export function operations(): readonly Operation[] {
  return Object.entries(CHAPTERS).flatMap(([chapter, said]) =>
    Object.entries(said).flatMap(([name, words]) => {
      const found = handled.find(({ method, route }) => name === `${method} ${route}`);
      return found === undefined ? [] : [{ ...found, chapter, words }];
    }),
  );
}

/** `tokens/[id]/revoke` as clients write it. */
export const pathOf = (route: string): string => `/api/v1/${route.replaceAll("[", "{").replaceAll("]", "}")}`;

/** `POST tokens/[id]/revoke` as one word: its anchor, and the name that generated clients give it. */
export function nameOf({ method, route }: Pick<Operation, "method" | "route">): string {
  const parts = route.split(/[^A-Za-z]+/).filter((part) => part !== "");
  return method.toLowerCase() + parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`).join("");
}
