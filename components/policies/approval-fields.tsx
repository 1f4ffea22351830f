"use client";
import { useId, useState } from "react";
import type { ApprovalRule } from "#lib/policies/limits";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";

const conditionsOf = (approval: ApprovalRule) =>
  typeof approval === "string" ? { whenWrite: false, whenLongerThanDays: null, whenNoRanges: false } : approval;

/** When a token needs approval: never, always, or under conditions. */
export function ApprovalFields({ at, approval }: { at: (field: string) => string; approval: ApprovalRule }) {
  const id = useId();
  const [rule, setRule] = useState(typeof approval === "string" ? approval : "when");
  const { whenWrite, whenLongerThanDays, whenNoRanges } = conditionsOf(approval);
  const tick = (name: string, checked: boolean, words: string) => (
    <label className="flex items-center gap-2 text-sm">
      <input type="checkbox" name={at(name)} defaultChecked={checked} className="size-4 accent-(--accent)" />
      {words}
    </label>
  );
  return (
    <div className="grid gap-3">
      <Field
        id={`${id}-approval`}
        label="Approval"
        hint={rule === "never" ? undefined : "Approval cannot be asked for yet: until then such tokens are refused."}
      >
        {(ties) => (
          <Select {...ties} name={at("approval")} value={rule} onChange={(event) => setRule(event.target.value)}>
            <option value="never">Never needed</option>
            <option value="when">Needed when …</option>
            <option value="always">Always needed</option>
          </Select>
        )}
      </Field>
      {rule === "when" && (
        <div className="grid gap-2">
          {tick("whenWrite", whenWrite, "it may write")}
          {tick("whenNoRanges", whenNoRanges, "it names no addresses")}
          <Field id={`${id}-longer`} label="it lives longer than … days" optional>
            {(ties) => (
              <Input
                {...ties}
                type="number"
                name={at("whenLongerThanDays")}
                min={1}
                max={3650}
                defaultValue={whenLongerThanDays ?? ""}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
