"use client";
import { useState } from "react";
import type { Enrolled } from "#lib/factors/factor";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { QrCode } from "./qr-code";

type Begun = { readonly id: string; readonly secret: string; readonly uri: string };

const WHY = "A new second factor opens your account.";

/** An authenticator app: scan, then its first code shows that it works. */
export function SetUpApp({ onDone }: { onDone: (enrolled: Enrolled) => void }) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  if (begun === null) {
    return (
      <div className="grid gap-3">
        <FormError problem={problem} shown={[]} />
        <Button
          look="primary"
          className="justify-self-start max-desk:w-full"
          busy={busy && "Preparing …"}
          onClick={() => void send(() => request<Begun>("POST", "/api/v1/me/factors/totp", {}), setBegun)}
        >
          Set up an app
        </Button>
        <StepUp submit={submit} why={WHY} />
      </div>
    );
  }
  return (
    <form
      ref={form}
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "");
        void send(() => request<Enrolled>("POST", `/api/v1/me/factors/${begun.id}/confirm`, { code }), onDone);
      }}
    >
      <FormError problem={problem} shown={["code"]} />
      <div className="flex flex-wrap gap-5">
        <QrCode text={begun.uri} label="QR code for your authenticator app" />
        <div className="grid min-w-[220px] flex-1 content-start gap-3">
          <p className="text-pretty text-fg-2">Scan this with your authenticator app. Or type this key there:</p>
          <output aria-label="Key" data-keep="" className="mono select-all text-sm [overflow-wrap:anywhere]">
            {begun.secret.replace(/.{4}(?=.)/g, "$& ")}
          </output>
          <Field id="code" label="Code that the app shows" error={fieldError(problem, "code")}>
            {(ties) => (
              <Input
                {...ties}
                name="code"
                required
                maxLength={12}
                inputMode="numeric"
                autoComplete="one-time-code"
                mono
              />
            )}
          </Field>
        </div>
      </div>
      <Button type="submit" look="primary" busy={busy && "Checking …"} className="justify-self-start max-desk:w-full">
        Use this app
      </Button>
      <StepUp submit={submit} why={WHY} />
    </form>
  );
}
