"use client";
import { useId } from "react";
import type { Impact } from "#lib/impact/impact";
import { ChoiceCard } from "../ui/choice-card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

export type ChoiceKind = "leave" | "shorten" | "reduce" | "revoke";
/** What is chosen: the kind, and the day it is about (`2027-02-18`). */
export type Chosen = { readonly kind: ChoiceKind; readonly day: string; readonly spreadDays: number };

/** As the API wants it: the day begins at midnight UTC. */
export function affectedOf({ kind, day, spreadDays }: Chosen): object {
  const at = `${day}T00:00:00Z`;
  if (kind === "leave") return { choice: kind, until: at };
  if (kind === "shorten") return { choice: kind, from: at, spreadDays };
  return kind === "revoke" ? { choice: kind, at } : { choice: kind };
}

const DAYS = { leave: "Until", shorten: "From", revoke: "On", reduce: "" } as const;

type Props = { impact: Impact; chosen: Chosen; onChange: (chosen: Chosen) => void };

/** What happens to the tokens that a change breaks: four ways, the gentlest first. */
export function AffectedChoice({ impact: { tokens }, chosen, onChange }: Props) {
  const name = useId();
  const waiver = tokens.refused > 0 ? "A waiver: they go on as they are until then." : "They go on as they are.";
  const leaving = `${waiver} Long ends and rates stay.`;
  const card = (kind: ChoiceKind, title: string, consequence: string) => (
    <ChoiceCard
      name={name}
      value={kind}
      checked={chosen.kind === kind}
      onChange={() => onChange({ ...chosen, kind })}
      title={title}
    >
      {consequence}
    </ChoiceCard>
  );
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">What happens to them?</legend>
      {card("leave", "Leave them until a date", leaving)}
      {card("shorten", "Shorten to the new limit", `${tokens.tooLong} end later than it; none before the date.`)}
      {card(
        "reduce",
        "Reduce to what is allowed",
        "At once: only read, fewer applications, the required addresses, the highest rate.",
      )}
      {card("revoke", "End them on a date", `${tokens.usedLastDay} were used in the last 24 hours and would stop.`)}
      {chosen.kind !== "reduce" && (
        <div className="flex flex-wrap items-end gap-3">
          <Field id={`${name}-day`} label={DAYS[chosen.kind]}>
            {(ties) => (
              <Input
                {...ties}
                type="date"
                required
                value={chosen.day}
                onChange={(event) => onChange({ ...chosen, day: event.target.value })}
              />
            )}
          </Field>
          {chosen.kind === "shorten" && (
            <Field id={`${name}-spread`} label="Spread over days">
              {(ties) => (
                <Input
                  {...ties}
                  type="number"
                  min={0}
                  max={90}
                  value={chosen.spreadDays}
                  onChange={(event) => onChange({ ...chosen, spreadDays: event.target.valueAsNumber || 0 })}
                />
              )}
            </Field>
          )}
        </div>
      )}
    </fieldset>
  );
}
