import { Field } from "../../ui/field";
import { Select } from "../../ui/input";
import { REVOKE_REASONS } from "../token-words";

/** Why a token is revoked, in the words of the catalogue of reasons. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field id="reason" label="Reason">
      {(ties) => (
        <Select {...ties} value={value} onChange={(event) => onChange(event.target.value)}>
          {REVOKE_REASONS.map(({ value: reason, label }) => (
            <option key={reason} value={reason}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
