import { TELL_NAMED } from "#lib/gateways/tells";
import { DAYS } from "#lib/tokens/restrictions/restrictions";
import { Chip } from "../../ui/chip";
import { Field, FieldError } from "../../ui/field";
import { Input } from "../../ui/input";
import { LinesArea } from "../../ui/lines-area";
import type { TypedRestrictions } from "./typed";
import { DAY_WORDS } from "./words";

type Props = {
  typed: TypedRestrictions;
  change: (patch: Partial<TypedRestrictions>) => void;
  error: (path: string) => string | undefined;
  /** What the highest rate is, and whose. */
  rateHint: string;
};

/** Paths, times, headers and rate: what few tokens need, and what makes one for a single job. */
export function RestrictionFields({ typed, change, error, rateHint }: Props) {
  const lines = (field: "headers" | "paths") => ({
    maxLength: 30_000,
    value: typed[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  const number = (field: "perMinute" | "burst") => ({
    type: "number",
    min: 1,
    max: 1_000_000,
    value: typed[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  return (
    <>
      <Field
        id="paths"
        label="Only these paths"
        optional
        error={error("pathRules")}
        hint="One a line: GET /rest/api/2/issue/**. * is one segment, ** any number; * as method is any"
      >
        {(ties) => <LinesArea {...ties} {...lines("paths")} />}
      </Field>
      <Field
        id="headers"
        label="Only with these headers"
        optional
        error={error("headerConditions")}
        hint={`One a line: X-Team: release. Anybody who sees a request sees them. Behind ${TELL_NAMED} an administrator must put the gateway’s configuration in place anew first`}
      >
        {(ties) => <LinesArea {...ties} {...lines("headers")} />}
      </Field>
      <TimeFields typed={typed} change={change} error={error} />
      <div className="grid grid-cols-2 gap-3">
        <Field id="per-minute" label="Requests a minute" error={error("rateLimit")} hint={rateHint}>
          {(ties) => <Input {...ties} {...number("perMinute")} />}
        </Field>
        <Field id="burst" label="At once" hint="As many as a minute, unless you say">
          {(ties) => <Input {...ties} {...number("burst")} />}
        </Field>
      </div>
    </>
  );
}

function TimeFields({ typed, change, error }: Omit<Props, "rateHint">) {
  const wrong = error("timeWindow");
  const time = (field: "begins" | "ends") => ({
    value: typed[field],
    maxLength: 5,
    placeholder: field === "begins" ? "06:00" : "20:00",
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  const toggle = (day: (typeof DAYS)[number]) =>
    change({ days: DAYS.filter((each) => (each === day) !== typed.days.includes(each)) });
  return (
    <fieldset aria-describedby={wrong ? "times-error" : undefined}>
      <legend className="mb-[5px] text-sm font-medium">
        Only at these times <span className="font-normal text-fg-3">(optional)</span>
      </legend>
      <div className="flex flex-wrap gap-1.5">
        {DAYS.map((day) => (
          <Chip key={day} kind="checkbox" checked={typed.days.includes(day)} onChange={() => toggle(day)}>
            {DAY_WORDS[day]}
          </Chip>
        ))}
      </div>
      <div className="mt-2 grid grid-cols-[88px_88px_minmax(0,1fr)] gap-2">
        <Input {...time("begins")} aria-label="From" />
        <Input {...time("ends")} aria-label="To" />
        <Input
          aria-label="Time zone"
          value={typed.zone}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => change({ zone: event.target.value })}
        />
      </div>
      {wrong && <FieldError id="times-error">{wrong}</FieldError>}
    </fieldset>
  );
}
