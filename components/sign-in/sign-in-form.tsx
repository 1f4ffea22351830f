"use client";
import { FormError } from "../api/form-error";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { signIn } from "./session";

/** Local accounts. The page is loaded anew afterwards, so that nothing of the visitor's stays in memory. */
export function SignInForm({ to }: { to: string }) {
  const { busy, problem, form, send } = useSubmit();
  const wrong = problem?.code === "unauthenticated" ? problem.detail : undefined;
  return (
    <form
      ref={form}
      className="grid gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) ?? "");
        void send(
          () => signIn(text("username").trim(), text("password")),
          () => location.assign(to),
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
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field id="password" label="Password" error={wrong}>
        {(ties) => <Input {...ties} name="password" type="password" big required autoComplete="current-password" />}
      </Field>
      <Button type="submit" look="primary" size="lg" block busy={busy && "Signing in …"}>
        Sign in
      </Button>
    </form>
  );
}
