"use client";
import type { ApplicationKind } from "#lib/applications/application";
import { ChoiceCard } from "../ui/choice-card";
import { KINDS } from "./application-words";

const ABOUT: Record<ApplicationKind, string> = {
  jira: "Data Center. Tokens reach its REST API and attachments.",
  confluence: "Data Center. Tokens reach its REST API and downloads.",
  bitbucket: "Data Center. Tokens reach its REST API, and git by HTTP.",
  generic: "Tokens reach every path; reading is GET. It has no log-in of its own that would ask.",
};

/** What is to be connected: decides what a read is, which paths tokens reach, and how the rules begin. */
export function KindField({ kind, onChange }: { kind: ApplicationKind; onChange: (kind: ApplicationKind) => void }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-[5px] text-sm font-medium">What is it?</legend>
      {(Object.keys(KINDS) as ApplicationKind[]).map((each) => (
        <ChoiceCard
          key={each}
          name="kind"
          value={each}
          checked={kind === each}
          onChange={() => onChange(each)}
          title={KINDS[each]}
        >
          {ABOUT[each]}
        </ChoiceCard>
      ))}
    </fieldset>
  );
}
