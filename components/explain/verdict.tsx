import { Check, Minus, X } from "lucide-react";
import type { ReactNode } from "react";
import type { Explained } from "#lib/verification/queries";
import { ButtonLink } from "../ui/button-link";
import { Disclosure } from "../ui/disclosure";
import { Icon } from "../ui/icon";
import { letThroughBy, passesSentence, recognisedBy } from "./passing";
import { type Choices, failedIn, mendedAt } from "./remedy";

type Step = Explained["steps"][number];

const DISCS = {
  passed: { look: "bg-success-bg text-success-fg", icon: Check },
  failed: { look: "bg-danger text-on-danger", icon: X },
  skipped: { look: "bg-surface-3 text-fg-3", icon: Minus },
} as const;

/** The verdict as a sentence, whose rule it is, one button to where it is mended; what passed is folded. */
export function Verdict({ explained, choices }: { explained: Explained; choices: Choices }) {
  const failed = failedIn(explained);
  const mended = mendedAt(explained, choices);
  const passed = explained.steps.filter(({ outcome }) => outcome === "passed");
  const skipped = explained.steps.filter(({ outcome }) => outcome === "skipped");
  return (
    <div className="grid gap-3.5">
      <div className="rounded-lg border border-border bg-surface px-6 py-5">
        <h2 className="text-balance text-2xl leading-8">
          <span className={explained.allowed ? "text-success-fg" : "text-danger-fg"}>
            {explained.allowed ? "Passes" : "Refused"}:
          </span>{" "}
          {explained.allowed ? passesSentence(explained) : failed?.detail}
        </h2>
        {failed && (
          <p className="mt-2 text-fg-2">
            {failed.rule && (
              <>
                The rule is <b className="text-fg">{failed.rule}</b>.{" "}
              </>
            )}
            {failed.remedy}
          </p>
        )}
        <WhatLets explained={explained} />
        {mended && (
          <div className="mt-3">
            <ButtonLink look={explained.allowed ? "secondary" : "primary"} href={mended.href}>
              {mended.label}
            </ButtonLink>
          </div>
        )}
        <p className="mono mt-3 text-xs text-fg-3">
          {explained.status} {explained.reason}
        </p>
      </div>
      <div className="divide-y divide-border rounded-lg border border-border bg-surface">
        <Folded steps={passed} title={`${passed.length} steps passed`} />
        {failed && (
          <div className="bg-danger-bg">
            <Line step={failed}>{failed.detail}</Line>
          </div>
        )}
        <Folded steps={skipped} title={`${skipped.length} steps not reached`} />
      </div>
    </div>
  );
}

/** Whose rule let a request pass, and which one recognised it without refusing. */
function WhatLets({ explained }: { explained: Explained }) {
  const by = letThroughBy(explained);
  const recognised = recognisedBy(explained);
  return (
    <>
      {by?.rule && (
        <p className="mt-2 text-fg-2 [overflow-wrap:anywhere]">
          The rule is <b className="text-fg">{by.rule}</b>.
        </p>
      )}
      {recognised && (
        <p className="mt-2 text-fg-2">
          {recognised.detail} The rule is <b className="text-fg">{recognised.rule}</b>.
        </p>
      )}
    </>
  );
}

function Folded({ steps, title }: { steps: readonly Step[]; title: string }) {
  if (steps.length === 0) return null;
  return (
    <Disclosure plain title={<span className="font-medium">{title}</span>}>
      {steps.map((each) => (
        <Line key={`${each.step} ${each.name}`} step={each}>
          {each.detail}
        </Line>
      ))}
    </Disclosure>
  );
}

function Line({ step, children }: { step: Step; children: ReactNode }) {
  const { look, icon } = DISCS[step.outcome];
  return (
    <div className="flex gap-3 px-4 py-2.5">
      <span className={`mt-px grid size-[18px] flex-none place-items-center rounded-full ${look}`}>
        <Icon of={icon} size={12} />
      </span>
      <div className="min-w-0 text-sm [overflow-wrap:anywhere]">
        <p className="font-medium">
          Step {step.step}: {step.name} <span className="sr-only">({step.outcome})</span>
        </p>
        <p className="text-fg-2">
          {children} {step.outcome === "passed" && step.rule && <>The rule is {step.rule}.</>}
        </p>
      </div>
    </div>
  );
}
