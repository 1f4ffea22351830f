import type { ClassRule } from "#lib/applications/application";
import { LONGEST_RUN_MS, type Probe, type ProbeRunView } from "#lib/probes/probe";
import { ago, type Reader } from "../ui/time-words";

const TITLES: Readonly<Record<Exclude<Probe, "browser">, string>> = {
  read: "A read with a token passes",
  write: "A write with a read token is refused",
  forged: "A forged X-Latchkey-User is dropped",
  address: "The gateway tells the right address",
  port: "The application’s own port is closed",
};

/** What is tried, as it should be. @param none the rule for what comes without a credential */
export function probeTitle(probe: Probe, none: ClassRule): string {
  if (probe !== "browser") return TITLES[probe];
  return none === "block" ? "Without a credential it is refused" : "A browser passes";
}

type Run = Pick<ProbeRunView, "begunAt" | "endedAt" | "by" | "url">;

/** When it was tried last, by whom and where. */
export function runWords(run: Run, reader: Reader): string {
  const begun = Date.parse(run.begunAt);
  if (run.endedAt !== null) return `Tried ${ago(begun, reader)} by ${run.by}, at ${run.url}.`;
  return reader.now - begun < LONGEST_RUN_MS
    ? `${run.by} is trying it at this moment.`
    : `${run.by} tried it ${ago(begun, reader)}, but that came to no end. Try it again.`;
}
