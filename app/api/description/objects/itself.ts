import { z } from "zod";
import type { ItselfView, MadeItself } from "#lib/tokens/itself";
import { flag, shape, text } from "./shape";
import { TOKEN } from "./token";

const of = TOKEN.shape;

export const TOKEN_ITSELF = shape<ItselfView>("TokenItself", {
  ...{ id: of.id, name: of.name, hint: of.hint, owner: z.strictObject({ username: text }) },
  ...{ applications: of.applications, access: of.access, status: of.status },
  ...{ createdAt: of.createdAt, expiresAt: of.expiresAt, overlapEndsAt: of.overlapEndsAt },
  mayRotate: flag.describe("It may rotate itself now."),
});

export const MADE_ITSELF = shape<MadeItself>("MadeItself", {
  token: TOKEN_ITSELF,
  secret: text.describe("Shown this once."),
});
