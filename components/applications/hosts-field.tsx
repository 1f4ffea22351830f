"use client";
import { useId } from "react";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { LinesArea } from "../ui/lines-area";

type Props = { hosts: string; onChange: (hosts: string) => void; problem: Problem | null };

/** Under which hosts it is found, as people type them. */
export function HostsField({ hosts, onChange, problem }: Props) {
  return (
    <Field
      id={useId()}
      label="Hosts"
      error={fieldError(problem, "routes")}
      hint="As people type them, one a line, with the context path if there is one: jira.example.com, tools.corp/jira"
    >
      {(ties) => (
        <LinesArea
          {...ties}
          name="routes"
          maxLength={24_000}
          value={hosts}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
