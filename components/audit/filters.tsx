"use client";
import { useEffect, useRef, useState } from "react";
import { hintOfPasted } from "../tokens/manager/pasted-secret";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";
import type { AuditState } from "./state";

type Choice = { readonly value: string; readonly label: string };
type Props = {
  action: string;
  state: AuditState;
  filtered: boolean;
  groups: readonly { readonly label: string; readonly choices: readonly Choice[] }[];
};

/** A GET form: what is looked for stands in the address. A secret pasted into a field never gets there. */
export function AuditFilters({ action, state, filtered, groups }: Props) {
  const [diverted, setDiverted] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // An empty field says nothing, and need not stand in the address.
    const shorten = ({ formData }: FormDataEvent) => {
      for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
    };
    const current = form.current;
    current?.addEventListener("formdata", shorten);
    return () => current?.removeEventListener("formdata", shorten);
  }, []);
  return (
    <search>
      <form
        ref={form}
        action={action}
        onSubmit={(event) => {
          const fields = [...event.currentTarget.elements].filter((each) => each instanceof HTMLInputElement);
          const pasted = fields.filter((field) => hintOfPasted(field.value) !== null);
          setDiverted(pasted.length > 0);
          if (pasted.length > 0) event.preventDefault();
          for (const field of pasted) field.value = hintOfPasted(field.value) ?? "";
        }}
        className="grid grid-cols-2 gap-3 max-desk:[&>:first-child]:col-span-2 desk:grid-cols-[minmax(0,2fr)_minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,1.5fr)_136px_136px_auto] desk:items-end"
      >
        <Field id="audit-q" label="Search">
          {(ties) => (
            <Input
              {...ties}
              type="search"
              name="q"
              defaultValue={state.q}
              maxLength={200}
              placeholder="Part of a name"
            />
          )}
        </Field>
        <Field id="audit-actor" label="Who">
          {(ties) => <Input {...ties} name="actor" defaultValue={state.actor} maxLength={255} placeholder="Username" />}
        </Field>
        <Field id="audit-subject" label="About">
          {(ties) => (
            <Input {...ties} name="subject" defaultValue={state.subject} maxLength={255} placeholder="Name or id" />
          )}
        </Field>
        <Field id="audit-action" label="What">
          {(ties) => (
            <Select {...ties} name="action" defaultValue={state.action}>
              <option value="">Everything</option>
              {groups.map(({ label, choices }) => (
                <optgroup key={label} label={label}>
                  {choices.map((choice) => (
                    <option key={choice.value} value={choice.value}>
                      {choice.label}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          )}
        </Field>
        <Field id="audit-from" label="From">
          {(ties) => <Input {...ties} type="date" name="from" defaultValue={state.from} />}
        </Field>
        <Field id="audit-to" label="To">
          {(ties) => <Input {...ties} type="date" name="to" defaultValue={state.to} />}
        </Field>
        <div className="flex gap-2">
          <Button type="submit">Filter</Button>
          {filtered && (
            <ButtonLink look="quiet" href={action}>
              Clear
            </ButtonLink>
          )}
        </div>
        <p role="status" className="text-xs text-warning-fg empty:hidden">
          {diverted && "That was a secret. It was not sent; here is its hint."}
        </p>
      </form>
    </search>
  );
}
