import { z } from "zod";
import type { ErrorCode } from "#lib/errors/error";
import { MADE_ITSELF, TOKEN_ITSELF } from "../objects/itself";
import { BEGUN_OPERATION, BULK_PREVIEW, OPERATION, SAVED_VIEW } from "../objects/operation";
import { listOf } from "../objects/shape";
import { FOUND_BY_SECRET, FOUND_TOKENS, MADE_TOKEN, PENDING_TOKEN, TOKEN, TOKEN_USAGE } from "../objects/token";
import type { Chapter } from "./words";

const LIMITED: readonly ErrorCode[] = [
  ...(["not_granted", "approval_required", "limit_exceeded"] as const),
  ...(["quota_exceeded", "not_enforced_yet"] as const),
];

/** Tokens: one's own, and those of others. */
export const TOKENS: Chapter = {
  "GET tokens": { does: "List one's own tokens", answers: listOf(TOKEN) },
  "POST tokens": {
    does: "Make a token of one's own",
    more: "What may be asked for follows from the tier. A token makes no wider token than itself.",
    answers: MADE_TOKEN,
    refuses: [...LIMITED, "step_up_required", "not_found"],
  },
  "GET tokens/[id]": { does: "Read a token", answers: TOKEN },
  "PATCH tokens/[id]": {
    does: "Edit a token",
    more: "Its owner within today's limits, others only more narrowly.",
    answers: TOKEN,
    refuses: [...LIMITED, "ended", "step_up_required"],
  },
  "GET tokens/[id]/usage": {
    does: "See how a token is used",
    more: "Calls, from where and by what, what was refused. The log tells who looked at another person's.",
    answers: TOKEN_USAGE,
  },
  "POST tokens/[id]/suspend": {
    does: "Suspend a token",
    more: "Until it is resumed. Suspending again changes nothing and is a 200.",
    answers: TOKEN,
    refuses: ["ended"],
  },
  "POST tokens/[id]/resume": { does: "Resume a suspended token", answers: TOKEN, refuses: ["ended"] },
  "POST tokens/[id]/revoke": {
    does: "Revoke a token",
    more: "For good. Of a pair that is rotating both end, unless `only` says otherwise. Revoking again is a 200.",
    answers: TOKEN,
    refuses: ["ended"],
  },
  "POST tokens/[id]/rotate": {
    does: "Give a token a new secret",
    more: "Makes a successor with the same properties; the old secret works on for the overlap. Older ones that still worked stop at once: at most two work at a time.",
    answers: MADE_TOKEN,
    refuses: [...LIMITED, "ended", "step_up_required"],
  },
  "GET tokens/self": {
    does: "Ask about the token one comes with",
    more: "With a token of whatever application that stands, in `Authorization`: what it may know about itself. It must come from where and when it may be used, with the headers that it asks for; whether its owner may use tokens does not matter.",
    answers: TOKEN_ITSELF,
    refuses: ["malformed"],
  },
  "DELETE tokens/self": {
    does: "End the token one comes with",
    more: "For good, whatever addresses, times and headers it is held to, and also in quarantine: whoever has its secret may, while it stands. Only this one of a pair that is rotating. Secrets that leaked are better reported to `POST leaks`, which tells the owner.",
    answers: TOKEN_ITSELF,
  },
  "POST tokens/self/rotate": {
    does: "Give the token one comes with a new secret",
    more: "Where its owner's tier lets tokens rotate themselves. The successor is the same and ends no later; the old secret works on for the overlap. Once a minute at most. The owner is told.",
    answers: MADE_ITSELF,
    refuses: [...LIMITED, "ended", "too_many_requests"],
  },
  "PATCH tokens/[id]/waiver": {
    does: "Give, extend or end a waiver",
    more: "What a changed rule refuses, a waiver lets through until its date; null ends it now. Where there is none, `why` is needed: it keeps what the token says. Nobody gives one to a token of their own.",
    answers: TOKEN,
    refuses: ["ended"],
  },
  "GET admin/tokens": {
    does: "Search the tokens of others",
    more: "Names of filters together narrow; a name given several times means any of these.",
    answers: FOUND_TOKENS,
  },
  "POST admin/tokens": {
    does: "Issue a token for somebody else",
    more: "By one delegation that allows all of it. Name the owner by `ownerId` or `owner`. The secret comes to them by claim link, or to the issuer where the delegation shows it.",
    answers: z.union([MADE_TOKEN, PENDING_TOKEN]),
    refuses: [...LIMITED, "not_found"],
  },
  "POST admin/tokens/[id]/claim": {
    does: "Make a new claim link",
    more: "For a token that still waits for its secret. The link before it works no more.",
    answers: PENDING_TOKEN,
    refuses: ["not_granted", "ended"],
  },
  "POST claims": {
    does: "Open a claim link",
    more: "Makes the secret and shows it, once: to the owner of the token, or a maintainer of the service account. The code is what follows `#` in the link.",
    answers: MADE_TOKEN,
    refuses: ["not_found", "not_granted", "ended", "too_many_requests"],
  },
  "POST leaks": {
    does: "Report secrets that leaked",
    more: "Whoever has found secrets ends them so, without an account: each that is one of ours is revoked, its owner and the administrators are told. The answer is the same whatever was known. At most 100 at a time; what is no secret of ours is ignored.",
    answers: z.strictObject({}),
  },
  "POST admin/tokens/find": {
    does: "Find whose a found secret is",
    more: "The secret goes in the body, never in an address, and is not kept. The log tells who asked.",
    answers: FOUND_BY_SECRET,
  },
  "POST admin/tokens/bulk": {
    does: "Do something to many tokens",
    more: "Which: at most 1,000 ids, or a filter that finds at most 10,000. `expected` is how many you have seen; another number is `stale`. With `dryRun` it says what would happen (200) and changes nothing; otherwise it begins an operation (202) that goes on by itself.",
    answers: z.union([BEGUN_OPERATION, BULK_PREVIEW]),
    refuses: ["stale", "too_many_requests"],
  },
  "GET operations/[id]": {
    does: "See how far an operation has come",
    more: "For whoever began it, administrators and auditors. Kept for 90 days.",
    answers: OPERATION,
  },
  "GET views": { does: "List one's own saved views of the token manager", answers: listOf(SAVED_VIEW) },
  "POST views": {
    does: "Keep a search of the token manager",
    more: "At most 20, each by a name of its own. `query` is the query of its address, without a cursor.",
    answers: SAVED_VIEW,
  },
  "DELETE views": { does: "Forget a saved view", answers: SAVED_VIEW, refuses: ["not_found"] },
  "GET admin/tokens/export": {
    does: "Take a list of tokens away as CSV",
    more: "The same filters; as long as the list is. The log tells who did.",
    answers: ["text/csv"],
  },
};
