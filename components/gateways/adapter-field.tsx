"use client";
import { useId } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Select } from "../ui/input";
import { adapterWords } from "./adapter-words";

export type Adapter = GatewayView["adapter"];

/** In which protocol it asks. */
export function AdapterField({
  adapters,
  adapter,
  problem,
}: {
  adapters: readonly Adapter[];
  adapter: Adapter | undefined;
  problem: Problem | null;
}) {
  const id = useId();
  return (
    <Field id={id} label="What it is" error={fieldError(problem, "adapter")}>
      {(ties) => (
        <Select {...ties} name="adapter" defaultValue={adapter}>
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
