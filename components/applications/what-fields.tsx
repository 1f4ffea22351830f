"use client";
import { useId } from "react";
import type { Application, ApplicationKind } from "#lib/applications/application";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";
import { KINDS, routesText } from "./application-words";

type Props = {
  name: string | undefined;
  kind: ApplicationKind;
  routes: Application["routes"];
  onKind: (kind: ApplicationKind) => void;
  problem: Problem | null;
};

/** What it is called, what it is, and under which hosts it is found. */
export function WhatFields({ name, kind, routes, onKind, problem }: Props) {
  const id = useId();
  const kinds = Object.keys(KINDS) as ApplicationKind[];
  return (
    <>
      <Field id={`${id}-name`} label="Name" error={fieldError(problem, "name")} hint="As people call it">
        {(ties) => <Input {...ties} name="name" required maxLength={100} defaultValue={name} autoComplete="off" />}
      </Field>
      <Field
        id={`${id}-kind`}
        label="What it is"
        error={fieldError(problem, "kind")}
        hint="Decides what counts as a read, and which paths tokens reach"
      >
        {(ties) => (
          <Select
            {...ties}
            name="kind"
            value={kind}
            onChange={(event) => onKind(kinds.find((each) => each === event.target.value) ?? kind)}
          >
            {kinds.map((each) => (
              <option key={each} value={each}>
                {KINDS[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id={`${id}-routes`}
        label="Hosts"
        error={fieldError(problem, "routes")}
        hint="As people type them, one a line, with the context path if there is one: jira.example.com, tools.corp/jira"
      >
        {(ties) => (
          <TextArea
            {...ties}
            name="routes"
            mono
            required
            rows={3}
            maxLength={24_000}
            defaultValue={routesText(routes)}
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
    </>
  );
}
