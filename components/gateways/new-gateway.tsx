"use client";
import { useId, useState } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { type Adapter, AdapterField } from "./adapter-field";
import { ApplicationChips, type Choice, PeersField } from "./gateway-fields";
import { SecretOfGateway } from "./secret-of-gateway";
import { TrustFields } from "./trust-fields";
import { typedGateway } from "./typed";

const NOBODY = { trustedHops: 0, trustedRanges: [] };

type Made = GatewayView & { readonly secret: string };
type Props = { adapters: readonly Adapter[]; choices: readonly Choice[]; chosen: readonly string[] };

/** Makes a gateway; then shows its secret, once. */
export function NewGateway({ adapters, choices, chosen }: Props) {
  const id = useId();
  const [adapter, setAdapter] = useState<Adapter>("nginx");
  const [made, setMade] = useState<Made | null>(null);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  if (made !== null) {
    return (
      <div className="grid max-w-[760px] gap-4">
        <h2>{made.key} is made. Give it this secret:</h2>
        <SecretOfGateway secret={made.secret} adapter={made.adapter} />
        <div className="flex max-desk:*:flex-1">
          <ButtonLink href={`/admin/gateways/${made.id}`}>I have it: on to the configuration</ButtonLink>
        </div>
      </div>
    );
  }
  return (
    <form
      ref={form}
      className="grid max-w-[520px] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const body = { key: String(data.get("key") ?? ""), ...typedGateway(data) };
        void send<Made>(() => request("POST", "/api/v1/gateways", body), setMade);
      }}
    >
      <FormError
        problem={problem}
        shown={["key", "adapter", "applications", "peers", "trustedRanges", "trustedHops"]}
      />
      <Field
        id={`${id}-key`}
        label="Key"
        error={fieldError(problem, "key")}
        hint="What its configuration and the log call it: nginx-eu-1. It never changes"
      >
        {(ties) => <Input {...ties} name="key" mono required maxLength={63} autoComplete="off" spellCheck={false} />}
      </Field>
      <AdapterField adapters={adapters} adapter={adapter} onChange={setAdapter} problem={problem} />
      <ApplicationChips choices={choices} chosen={chosen} problem={problem} />
      <PeersField peers={[]} problem={problem} />
      <TrustFields adapter={adapter} trust={NOBODY} problem={problem} />
      <div className="flex gap-2 max-desk:*:flex-1">
        <Button type="submit" look="primary" busy={busy && "Making it …"}>
          Make gateway
        </Button>
        <ButtonLink look="quiet" href="/admin/gateways">
          Cancel
        </ButtonLink>
      </div>
      <StepUp submit={submit} why="A gateway’s secret lets it ask whether requests pass." />
    </form>
  );
}
