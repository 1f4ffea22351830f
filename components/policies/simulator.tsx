"use client";
import { useId, useState } from "react";
import type { Simulation } from "#lib/impact/simulate";
import type { LimitsFormFacts } from "#lib/policies/queries-tiers";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input, Select } from "../ui/input";
import { SimulationPanel } from "./simulation-panel";
import { simulationOf } from "./simulator-values";

const SHOWN = ["user", "application", "days", "address"];

type Props = LimitsFormFacts & {
  /** The change that is being drafted; left out, today's rules are asked. */
  draftOf?: () => object | null;
};

/** What the rules say to somebody's wish: asked on the left, answered on the right. Nothing is changed. */
export function Simulator({ applications, draftOf }: Props) {
  const id = useId();
  const [said, setSaid] = useState<Simulation | null>(null);
  const [action, setAction] = useState("create");
  const { busy, problem, form, send } = useSubmit();
  const error = (path: string) => fieldError(problem, path);
  return (
    <div className="grid items-start gap-4 desk:grid-cols-[320px_minmax(0,1fr)]">
      <form
        ref={form}
        className="grid gap-4 rounded-lg border border-border bg-surface p-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const draft = data.get("by") === "today" ? null : (draftOf?.() ?? null);
          void send<Simulation>(() => request("POST", "/api/v1/policies/simulate", simulationOf(data, draft)), setSaid);
        }}
      >
        <FormError problem={problem} shown={SHOWN} />
        <Field id={`${id}-user`} label="Who" error={error("user")} hint="Their username">
          {(ties) => <Input {...ties} name="user" required maxLength={255} autoComplete="off" spellCheck={false} />}
        </Field>
        <Field id={`${id}-action`} label="Wants to">
          {(ties) => (
            <Select {...ties} name="action" value={action} onChange={(event) => setAction(event.target.value)}>
              <option value="create">make a token of their own</option>
              <option value="issue">be given a token by somebody else</option>
              <option value="use">use a token of their own</option>
            </Select>
          )}
        </Field>
        <Field id={`${id}-application`} label="For" error={error("application")}>
          {(ties) => (
            <Select {...ties} name="application">
              {applications.map(({ key, name }) => (
                <option key={key} value={key}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id={`${id}-access`} label="In order to">
          {(ties) => (
            <Select {...ties} name="access">
              <option value="read">only read</option>
              <option value="write">read and write</option>
            </Select>
          )}
        </Field>
        {action !== "use" && (
          <Field id={`${id}-days`} label="For days" error={error("days")} hint="Empty: without an end">
            {(ties) => <Input {...ties} type="number" name="days" min={1} max={3650} defaultValue={30} />}
          </Field>
        )}
        <Field
          id={`${id}-address`}
          label="From"
          optional
          error={error("address")}
          hint="An address. Empty: from anywhere"
        >
          {(ties) => <Input {...ties} name="address" mono maxLength={64} autoComplete="off" spellCheck={false} />}
        </Field>
        {draftOf && (
          <Field id={`${id}-by`} label="By the rules">
            {(ties) => (
              <Select {...ties} name="by">
                <option value="draft">as they would be, saved like this</option>
                <option value="today">of today</option>
              </Select>
            )}
          </Field>
        )}
        <Button type="submit" look={draftOf ? "secondary" : "primary"} block busy={busy && "Asking …"}>
          Simulate
        </Button>
      </form>
      <section aria-label="What the rules say" aria-live="polite" className="min-w-0">
        {said === null ? (
          <p className="rounded-lg border border-border border-dashed p-6 text-fg-3">
            Here it says whether the rules let them, and whose rule decides. Nothing is made and nothing changes.
          </p>
        ) : (
          <SimulationPanel said={said} />
        )}
      </section>
    </div>
  );
}
