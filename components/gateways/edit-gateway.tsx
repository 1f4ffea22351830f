"use client";
import type { GatewayView } from "#lib/gateways/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSaved } from "../api/use-saved";
import { useSubmit } from "../api/use-submit";
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

/** Changes a gateway: everything but its key and its secret. */
export function EditGateway({ gateway, adapters, choices, reader }: Props) {
  const { changed } = useSaved(reader);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const body = { ...typedGateway(new FormData(event.currentTarget)), version: gateway.version };
        void send<{ enforcement?: Enforcement }>(
          () => request("PATCH", `/api/v1/gateways/${gateway.id}`, body),
          changed,
        );
      }}
    >
      <FormError problem={problem} shown={["adapter", "applications", "peers", "trustedRanges", "trustedHops"]} />
      <AdapterField adapters={adapters} adapter={gateway.adapter} problem={problem} />
      <ApplicationChips choices={choices} chosen={gateway.applications} problem={problem} />
      <PeersField peers={gateway.peers} problem={problem} />
      <TrustFields trust={gateway} problem={problem} />
      <div className="flex max-desk:*:flex-1">
        <Button type="submit" look="primary" busy={busy && "Saving …"}>
          Save
        </Button>
      </div>
      <StepUp submit={submit} why="A gateway may ask whether requests pass." />
    </form>
  );
}
