import { ChoiceCard } from "../../../ui/choice-card";
import { FieldError } from "../../../ui/field";
import { mayReach } from "../draft";
import { sourceWords } from "../source-words";
import type { QuestionProps } from "./form-props";
import { Question } from "./question";
import { SeveralApplications } from "./several-applications";

export function QuestionApplication(props: QuestionProps) {
  const { draft, change, facts, error } = props;
  const wrong = error("applications");
  const reachable = facts.applications.filter((each) => mayReach(facts, each.key));
  return (
    <Question number={2} title="For which application?">
      <fieldset
        aria-label="Application"
        aria-describedby={wrong ? "applications-error" : undefined}
        className="grid gap-2 desk:grid-cols-3"
      >
        {facts.applications.map(({ key, name, host }) => (
          <ChoiceCard
            key={key}
            name="application"
            value={key}
            required
            disabled={!mayReach(facts, key)}
            checked={!draft.several && draft.applications !== "all" && draft.applications.includes(key)}
            onChange={() => change({ applications: [key], several: false })}
            title={name}
          >
            {mayReach(facts, key)
              ? host
              : `Not in ${facts.sources ? sourceWords(facts.sources.applications) : "your tier"}`}
          </ChoiceCard>
        ))}
        {reachable.length > 1 && (
          <ChoiceCard
            name="application"
            value="several"
            required
            checked={draft.several}
            onChange={() => change({ several: true })}
            title="Several"
          >
            One secret opens them all
          </ChoiceCard>
        )}
      </fieldset>
      {draft.several && <SeveralApplications {...props} reachable={reachable} />}
      {wrong && <FieldError id="applications-error">{wrong}</FieldError>}
    </Question>
  );
}
