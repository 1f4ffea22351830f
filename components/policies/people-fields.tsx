"use client";
import { useId } from "react";
import { fieldError, type Problem } from "../api/problem";
import { Chip } from "../ui/chip";
import { Field } from "../ui/field";
import { TextArea } from "../ui/input";

type Props = {
  readonly everyone: boolean;
  readonly groups: readonly string[];
  readonly serviceAccounts: boolean;
  /** Where they stand in the body: `members`, `scope`. */
  readonly path: string;
  readonly label: string;
  readonly problem: Problem | null;
};

/** Whom a tier or a delegation is about: groups, all persons, service accounts. */
export function PeopleFields({ everyone, groups, serviceAccounts, path, label, problem }: Props) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <Field
        id={`${id}-groups`}
        label={label}
        error={fieldError(problem, path)}
        hint="Groups, one a line: jira-developers, or okta:contractors for a directory’s"
      >
        {(ties) => (
          <TextArea
            {...ties}
            name="groups"
            rows={3}
            maxLength={80_000}
            defaultValue={groups.join("\n")}
            spellCheck={false}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Chip kind="checkbox" name="everyone" defaultChecked={everyone}>
          Everybody (all persons)
        </Chip>
        <Chip kind="checkbox" name="serviceAccounts" defaultChecked={serviceAccounts}>
          All service accounts
        </Chip>
      </div>
    </div>
  );
}
