"use client";
import { useId } from "react";
import { fieldError, type Problem } from "../api/problem";
import { Chip } from "../ui/chip";
import { Field, FieldError } from "../ui/field";
import { LinesArea } from "../ui/lines-area";

export type Choice = { readonly key: string; readonly name: string };

/** Which applications' requests it may ask about. */
export function ApplicationChips({
  choices,
  chosen,
  problem,
}: {
  choices: readonly Choice[];
  chosen: readonly string[];
  problem: Problem | null;
}) {
  const id = useId();
  const error = fieldError(problem, "applications");
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-[5px] text-sm font-medium">Applications</legend>
      {choices.length === 0 && <p className="text-sm text-fg-3">There is none yet.</p>}
      <div className="flex flex-wrap gap-1.5">
        {choices.map(({ key, name }) => (
          <Chip key={key} kind="checkbox" name="applications" value={key} defaultChecked={chosen.includes(key)}>
            {name}
          </Chip>
        ))}
      </div>
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}

/** From where it may call. */
export function PeersField({ peers, problem }: { peers: readonly string[]; problem: Problem | null }) {
  const id = useId();
  return (
    <Field
      id={id}
      label="Calls from"
      optional
      error={fieldError(problem, "peers")}
      hint="Addresses of the gateway itself, one a line: 10.0.0.7, 10.20.4.0/24. Empty: this machine only"
    >
      {(ties) => <LinesArea {...ties} name="peers" lines={peers} />}
    </Field>
  );
}
