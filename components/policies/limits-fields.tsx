"use client";
import { useId, useState } from "react";
import type { Ceiling } from "#lib/policies/limits";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import { fieldError, type Problem } from "../api/problem";
import { Chip } from "../ui/chip";
import { Field, FieldError } from "../ui/field";
import { Input, Select } from "../ui/input";
import { LinesArea } from "../ui/lines-area";
import { ApprovalFields } from "./approval-fields";

type Props = {
  /** Where the fields stand in the body: `own`, `ceiling`, `issue`. */
  prefix: string;
  limits: Ceiling | null;
  offered: LimitsFormFacts;
  problem: Problem | null;
  /** A ceiling only takes away: what is empty is not limited. */
  ceiling?: boolean;
};

export function Tick({ name, checked, children }: { name: string; checked: boolean; children: string }) {
  return (
    <label className="flex items-center gap-2 text-sm">
      <input type="checkbox" name={name} defaultChecked={checked} className="size-4 accent-(--accent)" />
      {children}
    </label>
  );
}

/** Fields for limits of a tier, a ceiling or a delegation. What nothing enforces yet is not here. */
export function LimitsFields({ prefix, limits, offered, problem, ceiling = false }: Props) {
  const id = useId();
  const [endless, setEndless] = useState(!ceiling && limits !== null && limits.maxLifetimeDays === null);
  const at = (field: string) => `${prefix}.${field}`;
  const chosen = limits?.applications;
  const wrongApplications = fieldError(problem, at("applications"));
  const preset = ceiling ? "" : 90;
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 desk:grid-cols-2">
        <Field
          id={`${id}-days`}
          label="Longest lifetime in days"
          error={fieldError(problem, at("maxLifetimeDays"))}
          hint={ceiling ? "Empty: not limited" : undefined}
        >
          {(ties) => (
            <Input
              {...ties}
              type="number"
              name={at("maxLifetimeDays")}
              min={1}
              max={3650}
              disabled={endless}
              defaultValue={limits?.maxLifetimeDays ?? preset}
            />
          )}
        </Field>
        {!ceiling && (
          <>
            <Field
              id={`${id}-default`}
              label="Preset lifetime in days"
              optional
              error={fieldError(problem, at("defaultLifetimeDays"))}
            >
              {(ties) => (
                <Input
                  {...ties}
                  type="number"
                  name={at("defaultLifetimeDays")}
                  min={1}
                  max={3650}
                  defaultValue={limits?.defaultLifetimeDays ?? ""}
                />
              )}
            </Field>
            <label className="flex items-center gap-2 text-sm desk:col-span-2">
              <input
                type="checkbox"
                name={at("endless")}
                checked={endless}
                onChange={(event) => setEndless(event.target.checked)}
                className="size-4 accent-(--accent)"
              />
              Tokens without an end are allowed
            </label>
          </>
        )}
        <Field
          id={`${id}-active`}
          label="Most active tokens"
          error={fieldError(problem, at("maxActive"))}
          hint="Leave it empty for no limit"
        >
          {(ties) => (
            <Input
              {...ties}
              type="number"
              name={at("maxActive")}
              min={0}
              max={10000}
              defaultValue={limits?.maxActive ?? ""}
            />
          )}
        </Field>
        <Field
          id={`${id}-rate`}
          label="Highest rate in requests a minute"
          error={fieldError(problem, at("maxRatePerMinute"))}
          hint="For each token. Leave it empty for no limit"
        >
          {(ties) => (
            <Input
              {...ties}
              type="number"
              name={at("maxRatePerMinute")}
              min={1}
              max={1_000_000}
              defaultValue={limits?.maxRatePerMinute ?? ""}
            />
          )}
        </Field>
        <Field id={`${id}-access`} label="May" error={fieldError(problem, at("access"))}>
          {(ties) => (
            <Select {...ties} name={at("access")} defaultValue={limits?.access ?? (ceiling ? "write" : "read")}>
              <option value="read">Only read</option>
              <option value="write">Read and write</option>
            </Select>
          )}
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Applications</legend>
        <div className="flex flex-wrap gap-2">
          {[{ key: "all", name: ceiling ? "Not limited" : "All" }, ...offered.applications].map(({ key, name }) => (
            <Chip
              key={key}
              kind="checkbox"
              name={at("applications")}
              value={key}
              defaultChecked={
                key === "all" ? chosen === "all" || (ceiling && !chosen) : chosen !== "all" && chosen?.includes(key)
              }
            >
              {name}
            </Chip>
          ))}
        </div>
        {wrongApplications && <FieldError id={`${id}-applications`}>{wrongApplications}</FieldError>}
      </fieldset>
      <Field
        id={`${id}-ranges`}
        label="Only from"
        optional
        error={fieldError(problem, at("ranges"))}
        hint="Networks or ranges, one a line. Empty: from anywhere."
      >
        {(ties) => <LinesArea {...ties} name={at("ranges")} lines={limits?.ranges} />}
      </Field>
      <div className="grid gap-2">
        <Tick name={at("requireRanges")} checked={limits?.requireRanges ?? false}>
          Each token must name its own addresses
        </Tick>
        {!ceiling && (
          <>
            <Tick name={at("requirePurpose")} checked={limits?.requirePurpose ?? false}>
              Each token must say what uses it
            </Tick>
            <Tick name={at("requireContact")} checked={limits?.requireContact ?? false}>
              Each token must name whom to call
            </Tick>
          </>
        )}
      </div>
      {!ceiling && <ApprovalFields at={at} approval={limits?.approval ?? "never"} />}
    </div>
  );
}
