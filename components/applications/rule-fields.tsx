"use client";
import { useId } from "react";
import type { Application, CredentialClass } from "#lib/applications/application";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { Note } from "../ui/note";
import { CLASSES } from "./application-words";

type Props = {
  rules: Application["rules"];
  /** These are presets of what was just chosen, stricter than what held before. */
  tightened?: boolean;
  problem: Problem | null;
};

/** What happens to each credential that is not ours. A new key lets the presets of another kind appear. */
export function RuleFields({ rules, tightened = false, problem }: Props) {
  const id = useId();
  const classes = Object.keys(CLASSES) as CredentialClass[];
  return (
    <fieldset>
      <legend className="mb-[5px] text-sm font-medium">What is not a token</legend>
      {tightened && (
        <div className="mb-3">
          <Note tone="warning">
            All set to block, without exceptions: nothing behind the gateway asks any more. Change what should still
            pass.
          </Note>
        </div>
      )}
      <div className="grid gap-3 desk:grid-cols-2">
        {classes.map((each) => (
          <Field key={each} id={`${id}-${each}`} label={CLASSES[each]} error={fieldError(problem, `rules.${each}`)}>
            {(ties) => (
              <Select {...ties} name={`rules.${each}`} defaultValue={rules[each]}>
                <option value="observe">Observe: passes, and is recorded</option>
                <option value="allow">Allow: passes</option>
                <option value="block">Block</option>
              </Select>
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
