"use client";
import { useId } from "react";
import type { SettingsView } from "#lib/settings/view";
import { fieldError, type Problem } from "../api/problem";
import { Field, FieldError } from "../ui/field";
import { Input } from "../ui/input";

const PARTS = [
  { key: "perMinute", label: "A minute" },
  { key: "burst", label: "At once" },
] as const;

/** How often something may come: so many a minute in the long run, so many at once. */
export function RateField({
  name,
  legend,
  hint,
  rate,
  problem,
}: {
  name: "ownerRate" | "failureRate";
  legend: string;
  hint: string;
  rate: SettingsView["ownerRate"];
  problem: Problem | null;
}) {
  const id = useId();
  const parts = PARTS.map((part) => ({ ...part, error: fieldError(problem, `${name}.${part.key}`) }));
  const error = parts.every((part) => !part.error) ? fieldError(problem, name) : undefined;
  return (
    <fieldset className="min-w-0" aria-describedby={`${id}-hint`}>
      <legend className="mb-[5px] text-sm font-medium">{legend}</legend>
      <div className="grid grid-cols-2 gap-3">
        {parts.map(({ key, label, error: wrong }) => (
          <Field key={key} id={`${id}-${key}`} label={label} error={wrong}>
            {(ties) => (
              <Input
                {...ties}
                name={`${name}.${key}`}
                inputMode="numeric"
                maxLength={6}
                defaultValue={rate?.[key] ?? ""}
                autoComplete="off"
              />
            )}
          </Field>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <p id={`${id}-hint`} className="mt-1 text-pretty text-xs text-fg-3">
        {hint}
      </p>
    </fieldset>
  );
}
