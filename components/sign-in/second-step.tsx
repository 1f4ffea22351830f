"use client";
import { Fingerprint } from "lucide-react";
import { useEffect, useRef } from "react";
import { FormError } from "../api/form-error";
import { type Answer, fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { signWithPasskey } from "../factors/passkey";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Input } from "../ui/input";
import { goOn } from "./go-on";
import { type Given, signIn } from "./session";

type Props = { given: Given; passkey: boolean; to: string; onBack: () => void };

async function byPasskey({ username, password }: Given): Promise<Answer<null>> {
  const asked = await request<{ options: object | null }>("POST", "/api/v1/sign-in/passkey", { username, password });
  if (!asked.ok) return asked;
  const signed = await signWithPasskey(asked.value.options ?? {});
  return signed.ok ? signIn({ username, password }, signed.value) : signed;
}

/** After the right password: a code of one's app, a recovery code, or a passkey. */
export function SecondStep({ given, passkey, to, onBack }: Props) {
  const { busy, problem, form, send } = useSubmit();
  const first = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // the form was exchanged under the reader: say where they are, with the field as the next stop
    const field = first.current?.parentElement?.querySelector("input");
    field?.focus();
  }, []);
  const further = () => goOn(to);
  return (
    <form
      ref={form}
      aria-labelledby="second-step"
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
        void send(() => signIn({ ...given, code }), further);
      }}
    >
      <p id="second-step" ref={first} className="text-fg-2">
        Now your second factor, {given.username}.
      </p>
      <FormError problem={problem} shown={["code"]} />
      <Field
        id="code"
        label="Code"
        error={fieldError(problem, "code")}
        hint="Six digits of your authenticator app, or a recovery code"
      >
        {(ties) => (
          <Input
            {...ties}
            name="code"
            big
            mono
            required
            maxLength={64}
            autoComplete="one-time-code"
            spellCheck={false}
          />
        )}
      </Field>
      <Button type="submit" look="primary" size="lg" block busy={busy && "Signing in …"}>
        Go on
      </Button>
      {passkey && (
        <Button size="lg" block disabled={busy} onClick={() => void send(() => byPasskey(given), further)}>
          <Icon of={Fingerprint} />
          Use your passkey
        </Button>
      )}
      <Button look="quiet" block onClick={onBack}>
        Another account
      </Button>
    </form>
  );
}
