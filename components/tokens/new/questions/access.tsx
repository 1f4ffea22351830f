import { ChoiceCard } from "../../../ui/choice-card";
import { FieldError } from "../../../ui/field";
import { Sourced } from "../../../ui/sourced";
import { applicationWords } from "../../token-words";
import { inTheirName, theySee } from "../whom";
import type { QuestionProps } from "./form-props";
import { Question } from "./question";
import { SourceName } from "./source-name";

export function QuestionAccess({ draft, change, facts, error }: QuestionProps) {
  const where =
    draft.applications === "all"
      ? "all applications"
      : draft.applications.length === 0
        ? "it"
        : applicationWords(draft.applications, facts.applications);
  const mayWrite = facts.limits?.access === "write";
  const wrong = error("access");
  return (
    <Question number={3} title="May it change things?">
      <fieldset
        aria-label="Access"
        aria-describedby={wrong ? "access-error" : undefined}
        className="grid gap-2 desk:grid-cols-2"
      >
        <ChoiceCard
          name="access"
          value="read"
          checked={draft.access === "read"}
          onChange={() => change({ access: "read" })}
          title="Only read"
        >
          Searches and reads what {theySee(facts.holder)} can see in {where}
        </ChoiceCard>
        <ChoiceCard
          name="access"
          value="write"
          disabled={!mayWrite}
          checked={draft.access === "write"}
          onChange={() => change({ access: "write" })}
          title={`Everything ${theySee(facts.holder)} can change in ${where}`}
        >
          Through its API, {inTheirName(facts.holder)}
        </ChoiceCard>
      </fieldset>
      {!mayWrite && (
        <Sourced by="tier">
          Only reading: <SourceName facts={facts} limit="access" />.
        </Sourced>
      )}
      {wrong && <FieldError id="access-error">{wrong}</FieldError>}
    </Question>
  );
}
