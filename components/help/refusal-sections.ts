import type { HelpAnchor } from "#lib/verification/reason";
import { REASONS } from "#lib/verification/reasons";

/** A way in which a request is refused at a gateway, for who gets it. */
export type Refusal = {
  readonly code: string;
  readonly status: number;
  readonly meaning: string;
  readonly remedy: string;
};

export type RefusalSection = {
  readonly id: HelpAnchor;
  readonly title: string;
  readonly advice: string;
  readonly refusals: readonly Refusal[];
};

/** In the order in which people meet them. */
const SECTIONS: Record<HelpAnchor, { title: string; advice: string }> = {
  "sign-in": {
    title: "No valid token came along",
    advice:
      "Send your username and the token in place of the password, or the token as Bearer. For a script that used to work: look in My tokens whether the token has ended, is suspended or was replaced. A gateway never says which of these it was.",
  },
  access: {
    title: "This changes something, and the token may only read",
    advice:
      "Make a token that may write, or let the script only read. What counts as reading goes by what it does: a search by POST reads.",
  },
  address: {
    title: "Not from an allowed address",
    advice:
      "The token, your tier or the whole installation is bound to networks. Call from one of them, or make a token for where the call comes from. Platforms such as Zapier call from their own addresses.",
  },
  application: {
    title: "Not for this application",
    advice: "A token opens only the applications it was made for. Make one for this one.",
  },
  tier: {
    title: "Your tier does not grant it",
    advice: "What you may use follows from your groups, and holds at once when they change. Ask an administrator.",
  },
  password: {
    title: "Passwords and foreign credentials are not accepted",
    advice: "This application takes Latchkey tokens only. Make one, and send it where the password went.",
  },
  path: {
    title: "Tokens do not reach this path",
    advice:
      "Use the application’s REST API. Log-in pages, administration and what mints other credentials stay closed; an administrator can open further paths.",
  },
  request: { title: "The request itself is not allowed", advice: "Use a usual HTTP method." },
  identity: {
    title: "The application cannot be told who you are",
    advice: "This is for an administrator: the way in which the application learns whose token it is does not fit.",
  },
  restrictions: {
    title: "The token is narrowed further",
    advice:
      "It works only for certain paths, at certain times, with certain headers, or so many times a minute: its page says which. Call what it is for; after too many requests wait as long as Retry-After says.",
  },
  gateway: {
    title: "The gateway is not set up correctly",
    advice: "This is for whoever runs the gateway: key, secret, adapter or addresses do not fit.",
  },
  unavailable: {
    title: "It could not be decided",
    advice: "Nothing is wrong with your token. Try again in a few seconds; scripts should wait and repeat.",
  },
};

/** Every refusal of the catalogue under its section, so that none is without help. */
export function refusalSections(): readonly RefusalSection[] {
  const refusals = Object.entries(REASONS).filter(([, reason]) => reason.status !== 200);
  return Object.entries(SECTIONS).flatMap(([id, { title, advice }]) => {
    const own = refusals.filter(([, reason]) => reason.help === id);
    if (!isAnchor(id) || own.length === 0) return [];
    return [
      {
        id,
        title,
        advice,
        refusals: own.map(([code, { status, meaning, remedy }]) => ({ code, status, meaning, remedy })),
      },
    ];
  });
}

const isAnchor = (id: string): id is HelpAnchor => id in SECTIONS;
