"use client";
import { useId, useState } from "react";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import type { PolicyView } from "#lib/policies/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";
import type { Reader } from "../ui/time-words";
import { BeforeYouSave } from "./before-you-save";
import { LimitsFields, Tick } from "./limits-fields";
import { PeopleFields } from "./people-fields";
import { SimulateDraft } from "./simulate-draft";
import { bodyOf, powerOf } from "./tier-values";
import { useConsidered } from "./use-considered";

type Props = { policy: PolicyView | null; offered: LimitsFormFacts; reader: Reader };
type Saved = PolicyView & { enforcement?: Enforcement };

const SHOWN = ["name", "priority", "members", "create", "own", "ceiling"];

/** Makes a tier, or changes one. What it would break is shown before it is saved. */
export function TierForm({ policy, offered, reader }: Props) {
  const id = useId();
  const { made, changed } = useSaved(reader);
  const [power, setPower] = useState<string>(powerOf(policy));
  const considering = useConsidered<Saved>(reader.now);
  const { submit, impact, consider } = considering;
  const { problem, busy, form } = submit;
  const draftOf = (body: object) =>
    policy === null ? { change: "policy.create", ...body } : { change: "policy.edit", id: policy.id, ...body };
  const typed = () => {
    const tier = document.getElementById(`${id}-tier`);
    return tier instanceof HTMLFormElement ? draftOf(bodyOf(new FormData(tier), policy)) : null;
  };
  const save = (body: object) =>
    consider({
      draft: draftOf(body),
      save: (considered) =>
        policy === null
          ? request("POST", "/api/v1/policies", { ...body, ...considered })
          : request("PATCH", `/api/v1/policies/${policy.id}`, { ...body, ...considered, version: policy.version }),
      done: (saved) =>
        policy === null ? made(`Made the tier ${saved.name}.`, saved, "/admin/policies") : changed(saved),
    });
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 desk:grid-cols-[minmax(0,1fr)_376px]">
        <form
          id={`${id}-tier`}
          ref={impact === null ? form : undefined}
          className="grid gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            save(bodyOf(new FormData(event.currentTarget), policy));
          }}
        >
          {impact === null && <FormError problem={problem} shown={SHOWN} />}
          <div className="grid gap-4 desk:grid-cols-[1fr_140px]">
            <Field id={`${id}-name`} label="Name" error={fieldError(problem, "name")}>
              {(ties) => (
                <Input {...ties} name="name" required maxLength={100} defaultValue={policy?.name} autoComplete="off" />
              )}
            </Field>
            <Field
              id={`${id}-priority`}
              label="Priority"
              error={fieldError(problem, "priority")}
              hint="Higher decides first"
            >
              {(ties) => (
                <Input
                  {...ties}
                  type="number"
                  name="priority"
                  required
                  min={1}
                  max={1000000}
                  defaultValue={policy?.priority ?? 10}
                />
              )}
            </Field>
          </div>
          <PeopleFields
            {...(policy?.members ?? { everyone: false, groups: [], serviceAccounts: false })}
            path="members"
            problem={problem}
            label="Members"
          />
          <Field id={`${id}-power`} label="Its members" error={fieldError(problem, "create")}>
            {(ties) => (
              <Select {...ties} name="power" value={power} onChange={(event) => setPower(event.target.value)}>
                <option value="none">may not use tokens at all</option>
                <option value="use">may use tokens that others give them</option>
                <option value="create">may make tokens of their own</option>
              </Select>
            )}
          </Field>
          {power === "create" && (
            <fieldset className="rounded-lg border border-border p-4">
              <legend className="px-1 text-sm font-medium">Tokens of their own</legend>
              <LimitsFields prefix="own" limits={policy?.own ?? null} offered={offered} problem={problem} />
              <div className="mt-2">
                <Tick name="selfRotate" checked={policy?.selfRotate ?? false}>
                  A token may rotate itself
                </Tick>
              </div>
            </fieldset>
          )}
          <Disclosure title="A ceiling over every token they have, whoever made it" open={policy?.ceiling != null}>
            <div className="border-border border-t p-4">
              <LimitsFields
                prefix="ceiling"
                limits={policy?.ceiling ?? null}
                offered={offered}
                problem={problem}
                ceiling
              />
            </div>
          </Disclosure>
          <div className="flex gap-2 max-desk:*:flex-1">
            <Button type="submit" look="primary" busy={busy && impact === null && "Looking …"}>
              {policy === null ? "Make tier" : "Save"}
            </Button>
            <ButtonLink look="quiet" href="/admin/policies">
              Back to all tiers
            </ButtonLink>
          </div>
        </form>
        <BeforeYouSave considering={considering} reader={reader} of="the tier" />
      </div>
      <SimulateDraft offered={offered} draftOf={typed} />
    </>
  );
}
