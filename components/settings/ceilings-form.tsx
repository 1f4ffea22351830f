"use client";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import type { Enforcement } from "#lib/propagation/enforcement";
import type { SettingsView } from "#lib/settings/view";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeYouSave } from "../policies/before-you-save";
import { LimitsFields } from "../policies/limits-fields";
import { ceilingFrom } from "../policies/limits-values";
import { useConsidered } from "../policies/use-considered";
import { Button } from "../ui/button";
import type { Reader } from "../ui/time-words";

type Saved = SettingsView & { enforcement?: Enforcement };

const WHOSE = [
  { key: "persons", title: "Over every person" },
  { key: "serviceAccounts", title: "Over every service account" },
] as const;

/** The ceilings above all tiers and delegations. What a lower one would break is shown before it is saved. */
export function CeilingsForm({
  settings: { ceiling, version },
  offered,
  reader,
}: {
  settings: Pick<SettingsView, "ceiling" | "version">;
  offered: LimitsFormFacts;
  reader: Reader;
}) {
  const { changed } = useSaved(reader);
  const considering = useConsidered<Saved>(reader.now);
  const { submit, impact, consider } = considering;
  const { problem, busy, form } = submit;
  const save = (data: FormData) => {
    const body = {
      ceiling: {
        persons: ceilingFrom(data, "ceiling.persons", ceiling.persons),
        serviceAccounts: ceilingFrom(data, "ceiling.serviceAccounts", ceiling.serviceAccounts),
      },
    };
    consider({
      draft: { change: "settings.edit", ...body },
      save: (considered) => request("PATCH", "/api/v1/settings", { version, ...body, ...considered }),
      done: changed,
    });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 desk:grid-cols-[minmax(0,1fr)_376px]">
      <form
        ref={impact === null ? form : undefined}
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget));
        }}
      >
        {impact === null && <FormError problem={problem} shown={["ceiling"]} />}
        {WHOSE.map(({ key, title }) => (
          <fieldset key={key} className="min-w-0 rounded-lg border border-border p-4">
            <legend className="px-1 text-sm font-medium">{title}</legend>
            <LimitsFields prefix={`ceiling.${key}`} limits={ceiling[key]} offered={offered} problem={problem} ceiling />
          </fieldset>
        ))}
        <div>
          <Button type="submit" look="primary" busy={busy && impact === null && "Looking …"}>
            Save ceilings
          </Button>
        </div>
      </form>
      <BeforeYouSave considering={considering} reader={reader} of="the ceilings" />
    </div>
  );
}
