import type { Noun } from "./verb";

type Entry = { readonly about: string; readonly load: () => Promise<Noun> };

/** Every command, loaded when it is asked for. */
export const NOUNS: Readonly<Record<string, Entry>> = {
  admin: { about: "Administrators", load: async () => (await import("./admin")).admin },
};
