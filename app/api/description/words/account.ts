import { z } from "zod";
import { ENROLLED, FACTORS, SESSION, USER } from "../objects/people";
import { count, flag, id, listOf, text, texts, time } from "../objects/shape";
import type { Chapter } from "./words";

/** What the browser makes of it is the browser's: WebAuthn's own objects. */
const forBrowser = z.looseObject({});
const signing = { options: forBrowser.nullable().describe("For the browser; null without a passkey.") };
const RECOVERY = z.strictObject({ recoveryCodes: texts.describe("Ten, shown this once.") });

/** One's own account, and the way in. */
export const ACCOUNT: Chapter = {
  "GET me": { does: "See who is asking", answers: USER },
  "PATCH me": {
    does: "Change one's own display name and e-mail address",
    more: "Where no directory delivers them. Another e-mail address asks to confirm that it is oneself (`step_up_required`); the one before stays an alias.",
    answers: USER,
    refuses: ["stale", "quota_exceeded", "step_up_required"],
  },
  "PUT me/password": {
    does: "Change one's own password",
    answers: z.strictObject({ endedSessions: count }),
    refuses: ["too_many_requests", "not_found"],
  },
  "GET me/sessions": { does: "List one's own sessions", answers: listOf(SESSION) },
  "DELETE me/sessions": { does: "End all other sessions", answers: z.strictObject({ endedSessions: count }) },
  "DELETE me/sessions/[id]": { does: "End one session", answers: z.strictObject({ id }) },
  "GET me/factors": { does: "List one's own second factors", answers: FACTORS },
  "POST me/factors/totp": {
    does: "Begin to set up an authenticator app",
    answers: z.strictObject({ id, secret: text, uri: text, expiresAt: time }),
    refuses: ["quota_exceeded"],
  },
  "POST me/factors/[id]/confirm": {
    does: "Confirm an authenticator app by its first code",
    answers: ENROLLED,
    refuses: ["quota_exceeded", "too_many_requests"],
  },
  "POST me/factors/passkeys/options": {
    does: "Ask what the browser needs to make a passkey",
    answers: z.strictObject({ options: forBrowser }),
  },
  "POST me/factors/passkeys": { does: "Add a passkey", answers: ENROLLED, refuses: ["quota_exceeded"] },
  "DELETE me/factors/[id]": {
    does: "Remove a second factor",
    answers: z.strictObject({ id, left: count }),
    refuses: ["last_admin"],
  },
  "POST me/recovery-codes": {
    does: "Make new recovery codes",
    more: "The old ones end.",
    answers: RECOVERY,
  },
  "POST me/step-up/options": {
    does: "Ask by what one can confirm that it is oneself",
    answers: z.strictObject({ password: flag, code: flag, passkey: flag, ...signing }),
  },
  "POST me/step-up": {
    does: "Confirm that it is oneself",
    more: "By password, code or passkey; it holds for ten minutes. Dangerous changes ask for it (`step_up_required`).",
    answers: z.strictObject({ until: time }),
    refuses: ["too_many_requests"],
  },
  "POST sign-in/passkey": {
    does: "Ask what the browser needs to sign in with a passkey",
    answers: z.strictObject(signing),
    refuses: ["too_many_requests", "unauthenticated", "forbidden"],
  },
  "POST setup": {
    does: "Make the first administrator",
    more: "By the one-time code that the start printed. Once, ever.",
    answers: z.strictObject({ id, username: text }),
    refuses: ["forbidden", "too_many_requests", "not_enforced_yet"],
  },
};
