"use client";
import { useId } from "react";
import type { NetworkView } from "#lib/networks/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { LinesArea } from "../ui/lines-area";
import type { Reader } from "../ui/time-words";
import { typedRanges } from "./network-words";

type Props = { network: NetworkView | null; named: boolean; reader: Reader };
type Saved = NetworkView & { enforcement?: Enforcement };

/** Makes a network, or changes one. `named`: something refers to it, so its name stays. */
export function NetworkForm({ network, named, reader }: Props) {
  const id = useId();
  const { made, changed } = useSaved(reader);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const save = (body: { name: string; ranges: string[] }) =>
    send<Saved>(
      () =>
        network === null
          ? request("POST", "/api/v1/networks", body)
          : request("PATCH", `/api/v1/networks/${network.id}`, { ...body, version: network.version }),
      (saved) =>
        network === null ? made(`Made the network ${saved.name}.`, saved, "/admin/networks") : changed(saved),
    );
  return (
    <form
      ref={form}
      className="grid max-w-[520px] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        void save({ name: String(data.get("name") ?? ""), ranges: typedRanges(String(data.get("ranges") ?? "")) });
      }}
    >
      <FormError problem={problem} shown={["name", "ranges"]} />
      <Field
        id={`${id}-name`}
        label="Name"
        error={fieldError(problem, "name")}
        hint={named ? "Tiers or tokens name it, so the name stays" : "As tiers and tokens will name it: office, ci"}
      >
        {(ties) => (
          <Input
            {...ties}
            name="name"
            required
            maxLength={64}
            defaultValue={network?.name}
            readOnly={named}
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        id={`${id}-ranges`}
        label="Address ranges"
        error={fieldError(problem, "ranges")}
        hint="One a line: 192.0.2.7, 10.20.4.0/24, 2001:db8::/48"
      >
        {(ties) => <LinesArea {...ties} name="ranges" rows={6} lines={network?.ranges} />}
      </Field>
      <div className="flex gap-2 max-desk:*:flex-1">
        <Button type="submit" look="primary" busy={busy && "Saving …"}>
          {network === null ? "Make network" : "Save"}
        </Button>
        <ButtonLink look="quiet" href="/admin/networks">
          {network === null ? "Cancel" : "Back to all networks"}
        </ButtonLink>
      </div>
      <StepUp submit={submit} why="A network’s ranges decide from where tokens work." />
    </form>
  );
}
