import { LATCHKEY } from "#lib/applications/application";
import type { ApplicationView } from "#lib/applications/view";
import { ok, type Result, refuse } from "#lib/errors/error";
import { type Aim, aimAt, type Door, doorAt, usualUrl } from "./aim";
import { LONGEST_RUN_MS, MOST_RUNNING, PAUSE_MS, type ProbeRunView } from "./probe";

type Input = { readonly url?: string | undefined; readonly upstream?: string | undefined };
type Subject = {
  readonly application: ApplicationView;
  readonly last: Pick<ProbeRunView, "begunAt" | "endedAt"> | null;
  readonly gateways: readonly string[];
  /** Runs that go on, of all applications. */
  readonly running: number;
};

/** Where will be asked, and which address of the application's own will be knocked at. */
export type Planned = { readonly aim: Aim; readonly upstream: Door | null };

/** One run at a time, and a pause between two. @param now epoch milliseconds */
export function inTime(last: Subject["last"], now: number): Result<undefined> {
  if (last === null) return ok(undefined);
  const since = now - Date.parse(last.begunAt);
  const longest = last.endedAt === null ? LONGEST_RUN_MS : PAUSE_MS;
  if (since >= longest) return ok(undefined);
  const said = last.endedAt === null ? "It is being tried at this moment." : "It was tried a moment ago.";
  const refused = refuse("too_many_requests", `${said} Try again in a few seconds.`);
  if (refused.ok) return refused;
  const retryAfterSeconds = Math.max(1, Math.ceil((longest - since) / 1000));
  return { ok: false, refusal: { ...refused.refusal, retryAfterSeconds } };
}

/**
 * What will be asked where.
 * @param now epoch milliseconds
 * @returns `not_found` for the portal itself, `invalid_input`, `too_many_requests`
 */
export function planProbes(subject: Subject, input: Input, now: number): Result<Planned> {
  const { application, last, gateways, running } = subject;
  if (application.key === LATCHKEY) return refuse("not_found", "No gateway stands in front of the portal itself.");
  if (gateways.length === 0) {
    return refuse("invalid_input", "No gateway asks about this application yet. Let one ask, then try it.");
  }
  const url = input.url ?? usualUrl(application.routes);
  const aim = aimAt(application.routes, url ?? "");
  if (!aim.ok) return aim;
  const upstream = input.upstream === undefined || input.upstream.trim() === "" ? ok(null) : doorAt(input.upstream);
  if (!upstream.ok) return upstream;
  if (running >= MOST_RUNNING) {
    return refuse(
      "too_many_requests",
      `${running} connections are being tried at this moment. Wait until one is over.`,
    );
  }
  const free = inTime(last, now);
  return free.ok ? ok({ aim: aim.value, upstream: upstream.value }) : free;
}
