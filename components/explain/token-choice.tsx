"use client";
import { useId, useState } from "react";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";

export type TokenName = { readonly id: string; readonly name: string; readonly hint: string | null };

/** A token of one's own by name, a pasted secret, or none. A secret is sent in the body, once, and kept nowhere. */
export function TokenChoice({ tokens, error }: { tokens: readonly TokenName[]; error: string | undefined }) {
  const id = useId();
  const [choice, setChoice] = useState(tokens[0]?.id ?? "paste");
  return (
    <>
      <Field id={id} label="Token" error={error}>
        {(ties) => (
          <Select {...ties} name="token" value={choice} onChange={(event) => setChoice(event.target.value)}>
            {tokens.map((each) => (
              <option key={each.id} value={each.id}>
                {each.name} {each.hint}
              </option>
            ))}
            <option value="paste">A secret that I paste …</option>
            <option value="">None, or in the headers below</option>
          </Select>
        )}
      </Field>
      {choice === "paste" && (
        <Field id={`${id}-secret`} label="Secret" hint="Sent once, kept nowhere">
          {(ties) => (
            <Input {...ties} name="secret" type="password" mono maxLength={500} autoComplete="off" spellCheck={false} />
          )}
        </Field>
      )}
    </>
  );
}
