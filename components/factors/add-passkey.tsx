"use client";
import { Fingerprint } from "lucide-react";
import type { Enrolled } from "#lib/factors/factor";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import type { Answer } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { makePasskey } from "./passkey";

async function make(): Promise<Answer<Enrolled>> {
  const asked = await request<{ options: object }>("POST", "/api/v1/me/factors/passkeys/options", {});
  if (!asked.ok) return asked;
  const passkey = await makePasskey(asked.value.options);
  return passkey.ok ? request("POST", "/api/v1/me/factors/passkeys", { passkey: passkey.value }) : passkey;
}

/** A passkey of this device, a phone or a security key. */
export function AddPasskey({ onDone }: { onDone: (enrolled: Enrolled) => void }) {
  const submit = useSubmit();
  const { busy, problem, send } = submit;
  return (
    <div className="grid gap-3">
      <FormError problem={problem} shown={[]} />
      <Button
        className="justify-self-start max-desk:w-full"
        busy={busy && "Waiting for the passkey …"}
        onClick={() => void send(make, onDone)}
      >
        <Icon of={Fingerprint} />
        Add a passkey
      </Button>
      <StepUp submit={submit} why="A new second factor opens your account." />
    </div>
  );
}
