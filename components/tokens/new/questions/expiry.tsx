import { Calendar } from "lucide-react";
import { FieldError } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { Input } from "../../../ui/input";
import { Segmented } from "../../../ui/segmented";
import { Sourced } from "../../../ui/sourced";
import { longDayOf } from "../../../ui/time-words";
import { dateIn } from "../../../ui/zoned";
import { dateRange, dayChoices, daysWords, type Expiry, expiresAt } from "../expiry";
import type { QuestionProps } from "./form-props";
import { Question } from "./question";
import { SourceName } from "./source-name";

const keyOf = (expiry: Expiry): string => (expiry.kind === "days" ? String(expiry.days) : expiry.kind);

export function QuestionExpiry({ draft, change, facts, reader, error }: QuestionProps) {
  const { limits } = facts;
  if (!limits) return null;
  const { expiry } = draft;
  const choices = new Set(dayChoices(limits));
  if (expiry.kind === "days") choices.add(expiry.days);
  const options = [
    ...[...choices].sort((a, b) => a - b).map((days) => ({ value: String(days), label: daysWords(days) })),
    { value: "date", label: <CalendarLabel /> },
    ...(limits.maxLifetimeDays === null ? [{ value: "never", label: "Never" }] : []),
  ];
  const ends = expiresAt(expiry, limits, reader);
  const choose = (value: string) => {
    if (value === "never") change({ expiry: { kind: "never" } });
    else if (value === "date") change({ expiry: { kind: "date", date: ends ? dateIn(ends, reader.zone) : "" } });
    else change({ expiry: { kind: "days", days: Number(value) } });
  };
  const wrong = error("expiresAt");
  const days = dateRange(limits, reader);
  return (
    <Question number={4} title="Until when?">
      <div className="flex flex-wrap items-center gap-2.5">
        <Segmented
          name="expiry"
          label="Ends after"
          options={options}
          value={keyOf(expiry)}
          onChange={choose}
          describedBy={wrong ? "expiry-error" : undefined}
        />
        {expiry.kind === "date" && (
          <span className="w-[160px]">
            <Input
              type="date"
              aria-label="Last day"
              required
              value={expiry.date}
              min={days.min}
              max={days.max}
              onChange={(event) => change({ expiry: { kind: "date", date: event.target.value } })}
            />
          </span>
        )}
        {ends ? <span className="text-sm tabular-nums text-fg-2">{longDayOf(ends, reader)}</span> : null}
      </div>
      {wrong && <FieldError id="expiry-error">{wrong}</FieldError>}
      <Sourced by="tier">
        {limits.maxLifetimeDays === null ? "It may be without an end" : `At most ${daysWords(limits.maxLifetimeDays)}`}:{" "}
        <SourceName facts={facts} limit="maxLifetimeDays" />.
      </Sourced>
    </Question>
  );
}

function CalendarLabel() {
  return (
    <>
      <Icon of={Calendar} size={14} />A date
    </>
  );
}
