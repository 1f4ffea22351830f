"use client";
import { useId } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import type { SettingsFacts } from "#lib/settings/queries";
import type { SettingsView } from "#lib/settings/view";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import type { Reader } from "../ui/time-words";
import { RetiredPrefixes } from "./retired-prefixes";

type Saved = SettingsView & { enforcement?: Enforcement };
type Props = Pick<SettingsFacts, "settings" | "retired"> & { reader: Reader };

/** What new secrets begin with, and what they began with before. */
export function PrefixForm({ settings: { tokenPrefix, version }, retired, reader }: Props) {
  const id = useId();
  const { changed } = useSaved(reader);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const save = (changes: object) =>
    void send<Saved>(() => request("PATCH", "/api/v1/settings", { version, ...changes }), changed);
  return (
    <div className="grid gap-4 p-4">
      <form
        ref={form}
        className="grid max-w-[520px] gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          save({ tokenPrefix: String(new FormData(event.currentTarget).get("tokenPrefix") ?? "").trim() });
        }}
      >
        <FormError problem={problem} shown={["tokenPrefix"]} />
        <Field
          id={`${id}-prefix`}
          label="New secrets begin with"
          error={fieldError(problem, "tokenPrefix")}
          hint="2 to 16 letters and digits. The one of today retires and goes on working."
        >
          {(ties) => (
            <Input
              {...ties}
              name="tokenPrefix"
              mono
              required
              minLength={2}
              maxLength={16}
              defaultValue={tokenPrefix}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <div>
          <Button type="submit" busy={busy && "Saving …"}>
            Save prefix
          </Button>
        </div>
      </form>
      <RetiredPrefixes
        retired={retired}
        busy={busy}
        remove={(gone) =>
          save({ retiredPrefixes: retired.map(({ prefix }) => prefix).filter((each) => each !== gone) })
        }
      />
      <StepUp submit={submit} why="Secrets are recognised by how they begin." />
    </div>
  );
}
