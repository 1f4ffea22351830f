"use client";
import { useState } from "react";
import type { GatewayView } from "#lib/gateways/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { BeforeItHolds } from "../lockout/before-it-holds";
import { useForeseen } from "../lockout/use-foreseen";
import { Button } from "../ui/button";
import type { Reader } from "../ui/time-words";
import { type Adapter, AdapterField } from "./adapter-field";
import { ApplicationChips, type Choice, PeersField } from "./gateway-fields";
import { TrustFields } from "./trust-fields";
import { typedGateway } from "./typed";

type Props = {
  gateway: GatewayView;
  adapters: readonly Adapter[];
  choices: readonly Choice[];
  reader: Reader;
};

type Saved = { readonly enforcement?: Enforcement };

/** Changes a gateway: everything but its key and its secret. */
export function EditGateway({ gateway, adapters, choices, reader }: Props) {
  const [adapter, setAdapter] = useState(gateway.adapter);
  const { changed } = useSaved(reader);
  const foreseeing = useForeseen<Saved>();
  const { busy, problem, form } = foreseeing.submit;
  const save = (wished: ReturnType<typeof typedGateway>) =>
    foreseeing.foresee({
      draft: { change: "gateway.edit", id: gateway.id, ...wished },
      save: () => request("PATCH", `/api/v1/gateways/${gateway.id}`, { ...wished, version: gateway.version }),
      done: changed,
    });
  return (
    <div className="grid gap-4">
      <form
        ref={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save(typedGateway(new FormData(event.currentTarget)));
        }}
      >
        <FormError problem={problem} shown={["adapter", "applications", "peers", "trustedRanges", "trustedHops"]} />
        <AdapterField adapters={adapters} adapter={adapter} onChange={setAdapter} problem={problem} />
        <ApplicationChips choices={choices} chosen={gateway.applications} problem={problem} />
        <PeersField peers={gateway.peers} problem={problem} />
        <TrustFields adapter={adapter} trust={gateway} problem={problem} />
        <div className="flex max-desk:*:flex-1">
          <Button type="submit" look="primary" busy={busy && "Saving …"}>
            Save
          </Button>
        </div>
      </form>
      <BeforeItHolds foreseeing={foreseeing} why="A gateway may ask whether requests pass." />
    </div>
  );
}
