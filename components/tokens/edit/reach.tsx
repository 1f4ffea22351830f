import type { TokenView } from "#lib/tokens/view";
import { Chip } from "../../ui/chip";
import { ChoiceCard } from "../../ui/choice-card";
import { Field, FieldError } from "../../ui/field";
import { Input } from "../../ui/input";
import { LinesArea } from "../../ui/lines-area";
import type { ApplicationName } from "../token-words";
import type { EditDraft } from "./changes";

type Props = {
  token: TokenView;
  draft: EditDraft;
  change: (patch: Partial<EditDraft>) => void;
  error: (path: string) => string | undefined;
  applications: readonly ApplicationName[];
};

/** How far it reaches. What the rules do not allow the server refuses, naming whose rule it is. */
export function EditReach({ token, draft, change, error, applications }: Props) {
  return (
    <>
      <EditApplications token={token} draft={draft} change={change} error={error} applications={applications} />
      <fieldset aria-describedby={error("access") ? "access-error" : undefined}>
        <legend className="mb-[5px] text-sm font-medium">May it change things?</legend>
        <div className="grid gap-2 desk:grid-cols-2">
          {(["read", "write"] as const).map((access) => (
            <ChoiceCard
              key={access}
              name="access"
              value={access}
              checked={draft.access === access}
              onChange={() => change({ access })}
              title={access === "read" ? "Only read" : "Everything its owner can change"}
            />
          ))}
        </div>
        {error("access") && <FieldError id="access-error">{error("access")}</FieldError>}
      </fieldset>
      <Field
        id="last-day"
        label="Last day"
        error={error("expiresAt")}
        hint={token.grant.by === "tier" ? "Its lifetime counts from when its secret was made" : "Only an earlier one"}
      >
        {(ties) => (
          <Input
            {...ties}
            type="date"
            className="desk:w-[180px]"
            value={draft.lastDay}
            required={token.expiresAt !== null}
            onChange={(event) => change({ lastDay: event.target.value })}
          />
        )}
      </Field>
      <Field
        id="ranges"
        label="From where"
        error={error("ipRanges")}
        hint="One a line: a network’s name, 192.0.2.7, 10.20.4.0/24, 2001:db8::/48. Empty means from anywhere"
      >
        {(ties) => (
          <LinesArea {...ties} value={draft.ranges} onChange={(event) => change({ ranges: event.target.value })} />
        )}
      </Field>
    </>
  );
}

function EditApplications({ token, draft, change, error, applications }: Props) {
  const all = draft.applications === "all";
  const chosen = draft.applications === "all" ? [] : draft.applications;
  const toggle = (key: string) =>
    change({ applications: chosen.includes(key) ? chosen.filter((each) => each !== key) : [...chosen, key] });
  return (
    <fieldset aria-describedby={error("applications") ? "applications-error" : undefined}>
      <legend className="mb-[5px] text-sm font-medium">Applications</legend>
      <div className="flex flex-wrap gap-1.5">
        {token.applications === "all" && (
          <Chip kind="checkbox" checked={all} onChange={() => change({ applications: all ? [] : "all" })}>
            All, also those added later
          </Chip>
        )}
        {!all &&
          applications.map(({ key, name }) => (
            <Chip key={key} kind="checkbox" checked={chosen.includes(key)} onChange={() => toggle(key)}>
              {name}
            </Chip>
          ))}
      </div>
      {error("applications") && <FieldError id="applications-error">{error("applications")}</FieldError>}
    </fieldset>
  );
}
