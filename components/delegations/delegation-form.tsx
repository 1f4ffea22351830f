"use client";
import { useId } from "react";
import type { Offered } from "#lib/delegations/queries-page";
import type { DelegationView } from "#lib/delegations/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeYouSave } from "../policies/before-you-save";
import { LimitsFields, Tick } from "../policies/limits-fields";
import { limitsFrom, typedNames } from "../policies/limits-values";
import { PeopleFields } from "../policies/people-fields";
import { useConsidered } from "../policies/use-considered";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Chip } from "../ui/chip";
import { Field, FieldError } from "../ui/field";
import { Input, TextArea } from "../ui/input";
import type { Reader } from "../ui/time-words";

type Props = { delegation: DelegationView | null; offered: Offered; reader: Reader };
type Saved = DelegationView & { enforcement?: Enforcement };

const POWERS = [
  ["issue", "Issue"],
  ["end", "Suspend, resume, revoke"],
  ["manage", "Narrow"],
  ["approve", "Approve"],
] as const;
const SHOWN = ["name", "delegates", "powers", "scope", "issue"];

const bodyOf = (data: FormData): object => ({
  name: data.get("name"),
  delegates: typedNames(data.get("delegates")),
  powers: data.getAll("powers"),
  scope: {
    everyone: data.get("everyone") === "on",
    groups: typedNames(data.get("groups")),
    serviceAccounts: data.get("serviceAccounts") === "on",
  },
  issue: limitsFrom(data, "issue"),
  showSecret: data.get("showSecret") === "on",
});

/** Makes a delegation, or changes one. What a change would break is shown before it is saved. */
export function DelegationForm({ delegation, offered, reader }: Props) {
  const id = useId();
  const { made, changed } = useSaved(reader);
  const considering = useConsidered<Saved>(reader.now);
  const { submit, impact, consider } = considering;
  const { problem, busy, form, send } = submit;
  const done = (saved: Saved) =>
    delegation === null ? made(`Made the delegation ${saved.name}.`, saved, "/admin/delegations") : changed(saved);
  const save = (body: object) => {
    if (delegation === null) return void send<Saved>(() => request("POST", "/api/v1/delegations", body), done);
    const { version } = delegation;
    const path = `/api/v1/delegations/${delegation.id}` as const;
    return consider({
      draft: { change: "delegation.edit", id: delegation.id, ...body },
      save: (considered) => request("PATCH", path, { ...body, ...considered, version }),
      done,
    });
  };
  const wrongPowers = fieldError(problem, "powers");
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 desk:grid-cols-[minmax(0,1fr)_376px]">
      <form
        ref={impact === null ? form : undefined}
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          save(bodyOf(new FormData(event.currentTarget)));
        }}
      >
        {impact === null && <FormError problem={problem} shown={SHOWN} />}
        <Field id={`${id}-name`} label="Name" error={fieldError(problem, "name")}>
          {(ties) => (
            <Input {...ties} name="name" required maxLength={100} defaultValue={delegation?.name} autoComplete="off" />
          )}
        </Field>
        <Field
          id={`${id}-delegates`}
          label="Who has the power"
          error={fieldError(problem, "delegates")}
          hint="Groups, one a line"
        >
          {(ties) => (
            <TextArea
              {...ties}
              name="delegates"
              rows={2}
              maxLength={80_000}
              defaultValue={delegation?.delegates.join("\n")}
              spellCheck={false}
            />
          )}
        </Field>
        <fieldset>
          <legend className="mb-1.5 text-sm font-medium">What they may do</legend>
          <div className="flex flex-wrap gap-2">
            {POWERS.map(([power, words]) => (
              <Chip
                key={power}
                kind="checkbox"
                name="powers"
                value={power}
                defaultChecked={delegation?.powers.includes(power)}
              >
                {words}
              </Chip>
            ))}
          </div>
          {wrongPowers && <FieldError id={`${id}-powers`}>{wrongPowers}</FieldError>}
        </fieldset>
        <PeopleFields
          {...(delegation?.scope ?? { everyone: false, groups: [], serviceAccounts: false })}
          path="scope"
          problem={problem}
          label="For whose tokens"
        />
        <fieldset className="rounded-lg border border-border p-4">
          <legend className="px-1 text-sm font-medium">Tokens that they issue</legend>
          <LimitsFields prefix="issue" limits={delegation?.issue ?? null} offered={offered} problem={problem} />
          <div className="mt-2">
            <Tick name="showSecret" checked={delegation?.showSecret ?? false}>
              The issuer sees the secret once (service accounts only)
            </Tick>
          </div>
        </fieldset>
        <div className="flex gap-2 max-desk:*:flex-1">
          <Button type="submit" look="primary" busy={busy && impact === null && "Looking …"}>
            {delegation === null ? "Make delegation" : "Save"}
          </Button>
          <ButtonLink look="quiet" href="/admin/delegations">
            Back to all delegations
          </ButtonLink>
        </div>
      </form>
      <BeforeYouSave considering={considering} reader={reader} of="the delegation" />
    </div>
  );
}
