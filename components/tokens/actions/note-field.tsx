import { Field } from "../../ui/field";
import { Input } from "../../ui/input";

type Props = { value: string; onChange: (value: string) => void; error: string | undefined };

/** Why: whoever reads the history is glad of it. */
export function NoteField({ value, onChange, error }: Props) {
  return (
    <Field id="note" label="Note" optional error={error}>
      {(ties) => (
        <Input
          {...ties}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={500}
          placeholder="Kept in the history"
          autoComplete="off"
        />
      )}
    </Field>
  );
}
