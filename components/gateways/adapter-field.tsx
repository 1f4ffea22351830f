"use client";
import { useId } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { adapterWords } from "./adapter-words";

export type Adapter = GatewayView["adapter"];

type Props = {
  adapters: readonly Adapter[];
  adapter: Adapter;
  onChange: (adapter: Adapter) => void;
  problem: Problem | null;
};

/** In which protocol it asks. */
export function AdapterField({ adapters, adapter, onChange, problem }: Props) {
  const choose = (value: string) => {
    const chosen = adapters.find((each) => each === value);
    if (chosen !== undefined) onChange(chosen);
  };
  const id = useId();
  return (
    <Field id={id} label="What it is" error={fieldError(problem, "adapter")}>
      {(ties) => (
        <Select {...ties} name="adapter" value={adapter} onChange={(event) => choose(event.target.value)}>
          {adapters.map((each) => (
            <option key={each} value={each}>
              {adapterWords(each)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
