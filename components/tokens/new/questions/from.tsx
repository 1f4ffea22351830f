import { MapPin } from "lucide-react";
import { ChoiceCard } from "../../../ui/choice-card";
import { FieldError } from "../../../ui/field";
import { Sourced } from "../../../ui/sourced";
import type { QuestionProps } from "./form-props";
import { FromNetworks } from "./from-networks";
import { FromRanges } from "./from-ranges";
import { Question } from "./question";
import { SourceName } from "./source-name";

export function QuestionFrom(props: QuestionProps) {
  const { draft, change, facts, error } = props;
  const required = facts.limits?.requireRanges ?? false;
  const wrong = error("ipRanges");
  return (
    <Question number={5} title="From where?">
      <fieldset
        aria-label="From where"
        aria-describedby={wrong ? "ranges-error" : undefined}
        className="grid gap-2 desk:grid-cols-3"
      >
        <ChoiceCard
          name="from"
          value="anywhere"
          disabled={required}
          checked={draft.from === "anywhere"}
          onChange={() => change({ from: "anywhere" })}
          title="Anywhere"
        >
          Whoever finds it can use it
        </ChoiceCard>
        {facts.networks.length > 0 && (
          <ChoiceCard
            name="from"
            value="networks"
            checked={draft.from === "networks"}
            onChange={() => change({ from: "networks" })}
            title="Networks"
          >
            Kept by your admins
          </ChoiceCard>
        )}
        <ChoiceCard
          name="from"
          value="ranges"
          checked={draft.from === "ranges"}
          onChange={() => change({ from: "ranges" })}
          title="Address ranges"
        >
          IPv4 or IPv6, up to 20
        </ChoiceCard>
      </fieldset>
      {draft.from === "networks" && <FromNetworks {...props} />}
      {draft.from === "ranges" && <FromRanges {...props} />}
      {wrong && <FieldError id="ranges-error">{wrong}</FieldError>}
      {required && (
        <Sourced by="tier">
          Ranges are required: <SourceName facts={facts} limit="requireRanges" />.
        </Sourced>
      )}
      {draft.from !== "anywhere" && (
        <Sourced icon={MapPin}>
          Calls from anywhere else are refused. You are at <span className="mono">{facts.address}</span> now
          {facts.holder !== null && ", which says nothing about where it will be used"}.
        </Sourced>
      )}
    </Question>
  );
}
