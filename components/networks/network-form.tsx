"use client";
import { useId } from "react";
import type { NetworkView } from "#lib/networks/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeItHolds } from "../lockout/before-it-holds";
import { useForeseen } from "../lockout/use-foreseen";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { LinesArea } from "../ui/lines-area";
import type { Reader } from "../ui/time-words";
import { typedRanges } from "./network-words";

type Props = { network: NetworkView | null; named: boolean; reader: Reader };
type Saved = NetworkView & { enforcement?: Enforcement };

/**
 * Makes a network, or changes one: then whom its other ranges would turn away is shown first. `named`: something refers to
 * it, so its name stays.
 */
export function NetworkForm({ network, named, reader }: Props) {
  const id = useId();
  const { made, changed } = useSaved(reader);
  const foreseeing = useForeseen<Saved>();
  const { busy, problem, form, send } = foreseeing.submit;
  const save = (body: { name: string; ranges: string[] }) => {
    if (network === null) {
      const make = () => request<Saved>("POST", "/api/v1/networks", body);
      return void send(make, (saved) => made(`Made the network ${saved.name}.`, saved, "/admin/networks"));
    }
    foreseeing.foresee({
      draft: { change: "network.edit", id: network.id, ...body },
      save: () => request("PATCH", `/api/v1/networks/${network.id}`, { ...body, version: network.version }),
      done: changed,
    });
  };
  return (
    <div className="grid max-w-[520px] gap-4">
      <form
        ref={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          save({ name: String(data.get("name") ?? ""), ranges: typedRanges(String(data.get("ranges") ?? "")) });
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
      </form>
      <BeforeItHolds foreseeing={foreseeing} why="A network’s ranges decide from where tokens work." />
    </div>
  );
}
