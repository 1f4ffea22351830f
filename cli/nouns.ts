import type { Noun } from "./verb";

type Entry = { readonly about: string; readonly load: () => Promise<Noun> };

/** Every command, loaded when it is asked for. */
export const NOUNS: Readonly<Record<string, Entry>> = {
  admin: { about: "Administrators", load: async () => (await import("./admin")).admin },
  user: { about: "People and service accounts", load: async () => (await import("./user")).user },
  group: { about: "Groups", load: async () => (await import("./group")).group },
  policy: {
    about: "Tiers: what people may do with their own tokens",
    load: async () => (await import("./policy")).policy,
  },
  delegation: {
    about: "Power over other people's tokens",
    load: async () => (await import("./delegation")).delegation,
  },
  network: { about: "Named address ranges", load: async () => (await import("./network")).network },
  application: { about: "What is behind the gateways", load: async () => (await import("./application")).application },
  gateway: { about: "Who may ask the verifier", load: async () => (await import("./gateway")).gateway },
  settings: {
    about: "What holds for the whole installation",
    load: async () => (await import("./settings")).settings,
  },
  token: { about: "Tokens", load: async () => (await import("./token")).token },
  verify: { about: "Judge a request and tell every step", load: async () => (await import("./verify")).verify },
  key: { about: "The keys of the installation", load: async () => (await import("./key")).key },
  journal: {
    about: "The journal of ends, and the quarantine of a restored or copied database",
    load: async () => (await import("./journal")).journal,
  },
  audit: { about: "The audit log", load: async () => (await import("./audit")).audit },
};
