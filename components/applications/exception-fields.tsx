"use client";
import { useId } from "react";
import type { Application, CredentialClass } from "#lib/applications/application";
import { fieldError, type Problem } from "../api/problem";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { LinesArea } from "../ui/lines-area";
import { CLASSES } from "./application-words";

type Props = { exceptions: Application["exceptions"]; problem: Problem | null };

/** What passes where a rule blocks: for each class some paths, for passwords some users. */
export function ExceptionFields({ exceptions, problem }: Props) {
  const id = useId();
  const classes = Object.keys(CLASSES) as CredentialClass[];
  const wrong = fieldError(problem, "exceptions");
  return (
    <Disclosure
      title="Exceptions from block"
      open={wrong !== undefined || Object.keys(exceptions).length > 0 || undefined}
    >
      <div className="grid gap-3 px-[18px] pb-4">
        <p className="text-sm text-fg-2">
          These pass although the rule above blocks. Where users and paths are named, both must fit.
        </p>
        <Field
          id={`${id}-users`}
          label="Passwords of these users"
          optional
          error={fieldError(problem, "exceptions.password.users")}
          hint="One a line. The name is only claimed: whoever knows it can send it. The application still asks for the password"
        >
          {(ties) => <LinesArea {...ties} name="exceptions.users" rows={2} lines={exceptions.password?.users} />}
        </Field>
        <div className="grid gap-3 desk:grid-cols-2">
          {classes.map((each) => (
            <Field
              key={each}
              id={`${id}-${each}`}
              label={`${CLASSES[each]}, on these paths`}
              optional
              error={fieldError(problem, `exceptions.${each}.paths`)}
            >
              {(ties) => <LinesArea {...ties} name={`exceptions.${each}`} rows={2} lines={exceptions[each]?.paths} />}
            </Field>
          ))}
        </div>
      </div>
    </Disclosure>
  );
}
