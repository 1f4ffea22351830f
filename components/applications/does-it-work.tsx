import type { Connection } from "#lib/gateways/queries-connection";
import { usualUrl } from "#lib/probes/aim";
import { browserRequest, readRequest, writeRequest } from "#lib/probes/asked";
import { PROBES, type ProbeRunView } from "#lib/probes/probe";
import { Card, CardHead } from "../ui/card";
import { ago, type Reader } from "../ui/time-words";
import { KeepFresh } from "./keep-fresh";
import { probeTitle, runWords } from "./probe-words";
import { SeenLine } from "./seen-line";
import { TryIt } from "./try-it";

type Props = { connection: Connection; run: ProbeRunView | null; reader: Reader };

const requestWords = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** What can be seen from here of whether it works; what cannot be seen says so. */
export function DoesItWork({ connection, run, reader }: Props) {
  const { application, gateway, calls } = connection;
  const { kind, routes, rules } = application;
  const sum = (some: typeof calls) => some.reduce((total, each) => total + each.calls, 0);
  const heard = gateway?.lastContactAt ?? null;
  const refused = sum(calls.filter(({ allowed }) => !allowed));
  const context = routes[0]?.context ?? "";
  return (
    <Card aria-labelledby="works">
      <CardHead id="works" aside={<span className="text-sm text-fg-3">Asked again every few seconds</span>}>
        Does it work?
      </CardHead>
      <KeepFresh />
      <ul aria-live="polite" aria-label="What has come so far" className="divide-y divide-border">
        <SeenLine
          seen={heard === null ? "waiting" : "passed"}
          title={heard === null ? "Waiting for the gateway’s first call …" : "The gateway calls us"}
        >
          {heard === null
            ? "It has not called yet. Have it read its configuration again, then open the application through it."
            : `${gateway?.key}, ${ago(Date.parse(heard), reader)}`}
        </SeenLine>
        <SeenLine
          seen={calls.length > 0 ? "passed" : "waiting"}
          title={calls.length > 0 ? "It asks about this application" : "No request to this application yet"}
        >
          {calls.length > 0
            ? `${sum(calls).toLocaleString("en")} in the last 24 hours, ${refused.toLocaleString("en")} of them refused`
            : "Open it through the gateway."}
        </SeenLine>
      </ul>
      <div className="border-border border-y p-4">
        <TryIt
          application={application.id}
          url={run?.url ?? usualUrl(routes) ?? ""}
          bare={requestWords(browserRequest(context))}
          read={requestWords(readRequest(kind, context))}
          write={requestWords(writeRequest(kind, context, "…"))}
        />
      </div>
      <ul aria-live="polite" aria-label="What was tried" className="divide-y divide-border">
        {PROBES.map((probe) => {
          const result = run?.results.find((each) => each.probe === probe);
          return (
            <SeenLine key={probe} seen={result?.outcome ?? "waiting"} title={probeTitle(probe, rules.none)}>
              {result?.sentence ?? (run === null ? "Not tried yet." : "Nothing was found.")}
            </SeenLine>
          );
        })}
      </ul>
      {run !== null && (
        <p className="border-border border-t px-4 py-3 text-sm text-fg-3 [overflow-wrap:anywhere]">
          {runWords(run, reader)}
        </p>
      )}
    </Card>
  );
}
