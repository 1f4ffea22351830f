import { ChartColumn, CirclePlay, Cloud, GitBranch, type LucideIcon, Terminal } from "lucide-react";
import { Chip } from "../../../ui/chip";
import { Field } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { Input } from "../../../ui/input";
import { nameOf, type Use } from "../draft";
import type { QuestionProps } from "./form-props";
import { Question } from "./question";

const USES: readonly { use: Use; label: string; icon: LucideIcon }[] = [
  { use: "script", label: "Script", icon: Terminal },
  { use: "ci", label: "CI", icon: CirclePlay },
  { use: "git", label: "Git", icon: GitBranch },
  { use: "cloud", label: "Cloud platform", icon: Cloud },
  { use: "bi", label: "BI tool", icon: ChartColumn },
];

export function QuestionUse({ draft, change, facts, error }: QuestionProps) {
  const purpose = facts.limits?.requirePurpose ?? false;
  return (
    <Question number={1} title="What will use it?">
      <fieldset aria-label="Kind of use" className="flex flex-wrap gap-1.5">
        {USES.map(({ use, label, icon }) => (
          <Chip
            key={use}
            kind="radio"
            name="use"
            value={use}
            checked={draft.use === use}
            onChange={() => change({ use })}
          >
            <Icon of={icon} size={14} />
            {label}
          </Chip>
        ))}
      </fieldset>
      <div className="mt-3 grid gap-3 desk:grid-cols-2">
        <Field id="name" label="Name" error={error("name")}>
          {(ties) => (
            <Input
              {...ties}
              value={nameOf(draft, facts.applications)}
              onChange={(event) => change({ name: event.target.value })}
              placeholder="e.g. Nightly release notes"
              required
              maxLength={100}
              autoComplete="off"
            />
          )}
        </Field>
        <Field id="description" label="What is it for?" optional={!purpose} error={error("description")}>
          {(ties) => (
            <Input
              {...ties}
              value={draft.description}
              onChange={(event) => change({ description: event.target.value })}
              placeholder="e.g. Jenkins job platform/release-notes"
              required={purpose}
              maxLength={500}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
    </Question>
  );
}
