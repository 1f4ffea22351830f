import type { ReactNode } from "react";
import type { Explained } from "#lib/verification/queries";
import type { PastExplained } from "#lib/verification/queries-past";
import { Card } from "../ui/card";
import { Fact, Facts } from "../ui/facts";
import { exactly, type Reader } from "../ui/time-words";
import { recognisedBy } from "./passing";
import { failedIn } from "./remedy";

/** A refused request as it was judged then, beside what the list says now. */
export function PastVerdict({ past, reader }: { past: PastExplained; reader: Reader }) {
  const { judged: then, now, unjudged } = past;
  const failed = now === null ? null : failedIn(now);
  return (
    <Card aria-label="The refused request">
      <div className="px-4 py-3.5">
        <h2 className="text-balance text-lg">
          <span className="text-danger-fg">Refused:</span> {then.detail}
        </h2>
        <p className="mt-1 text-fg-2">
          {then.rule && (
            <>
              The rule was <b className="text-fg">{then.rule}</b>.{" "}
            </>
          )}
          {then.remedy}
        </p>
      </div>
      <div className="grid border-border border-y desk:grid-cols-2 desk:divide-x desk:divide-border max-desk:divide-y max-desk:divide-border">
        <Judged when={`Then, ${exactly(Date.parse(then.at), reader)}`}>{then.detail}</Judged>
        <Judged when="Now">
          {now === null ? unjudged : now.allowed ? passing(now) : `Still refused: ${failed?.detail ?? now.reason}`}
        </Judged>
      </div>
      <Facts>
        <Fact name="Request">
          <span className="mono">
            {then.method ?? "?"} {then.host}
            {then.path ?? "(not understood)"}
          </span>
          <span className="block text-xs text-fg-3">Without its query and headers: those are not kept</span>
        </Fact>
        <Fact name="From">
          <span className="mono">{then.address ?? "unknown"}</span> {then.client}
        </Fact>
        <Fact name="Through">{[then.gateway, then.application].filter(Boolean).join(", for ") || "unknown"}</Fact>
        {then.claimedName && <Fact name="Claimed name">{then.claimedName} (not verified)</Fact>}
      </Facts>
    </Card>
  );
}

/** Whether a rate is used up, nobody can say beforehand: asking spends none. */
function passing(now: Explained): string {
  const isRated = now.steps.some(({ step, outcome }) => step === 19 && outcome === "passed");
  const recognised = recognisedBy(now);
  const noticed = recognised === null ? "" : ` ${recognised.detail} The rule is ${recognised.rule}.`;
  return `It would pass${isRated ? ", unless its rate is used up" : ""}.${noticed}`;
}

function Judged({ when, children }: { when: string; children: ReactNode }) {
  return (
    <div className="px-4 py-3 text-sm">
      <p className="text-fg-3">{when}</p>
      <p>{children}</p>
    </div>
  );
}
