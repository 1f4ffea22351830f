"use client";
import { useState } from "react";
import { FormError } from "../api/form-error";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { goOn } from "./go-on";
import { SecondStep } from "./second-step";
import { type Given, signIn } from "./session";

/**
 * Local accounts: username and password, then, of who has one, the second factor. The page is loaded anew afterwards,
 * so that nothing of the visitor's stays in memory.
 */
export function SignInForm({ to, quiet = false }: { to: string; quiet?: boolean }) {
  const { busy, problem, form, send, refuse } = useSubmit();
  const [given, setGiven] = useState<Given>({ username: "", password: "" });
  if (problem?.code === "second_factor_required" || problem?.code === "passkey_or_code") {
    const passkey = problem.code === "passkey_or_code";
    return <SecondStep given={given} passkey={passkey} to={to} onBack={() => refuse(null)} />;
  }
  const wrong = problem?.code === "unauthenticated" ? problem.detail : undefined;
  return (
    <form
      ref={form}
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) ?? "");
        const typed = { username: text("username").trim(), password: text("password") };
        setGiven(typed);
        void send(
          () => signIn(typed),
          () => goOn(to),
        );
      }}
    >
      <FormError problem={wrong ? null : problem} shown={[]} />
      <Field id="username" label="Username">
        {(ties) => (
          <Input
            {...ties}
            name="username"
            big
            required
            defaultValue={given.username}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field id="password" label="Password" error={wrong}>
        {(ties) => <Input {...ties} name="password" type="password" big required autoComplete="current-password" />}
      </Field>
      <Button type="submit" look={quiet ? undefined : "primary"} size="lg" block busy={busy && "Signing in …"}>
        Sign in
      </Button>
    </form>
  );
}
