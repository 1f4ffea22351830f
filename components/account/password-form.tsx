"use client";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { notify } from "../ui/notify";

const FIELDS = ["current", "new", "again"];

/** Changing the password ends every other session. The username goes along for password managers. */
export function PasswordForm({ username }: { username: string }) {
  const { busy, problem, form, send, refuse } = useSubmit();
  const error = (path: string) => fieldError(problem, path);
  return (
    <form
      ref={form}
      className="grid max-w-[368px] gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        const target = event.currentTarget;
        const data = new FormData(target);
        const text = (name: string) => String(data.get(name) ?? "");
        if (text("new") !== text("again")) {
          refuse({
            code: "invalid_input",
            detail: "",
            fields: { again: "This is not the same password." },
            requestId: null,
          });
          return;
        }
        void send(
          () => request("PUT", "/api/v1/me/password", { current: text("current"), new: text("new") }),
          () => {
            target.reset();
            notify({ tone: "done", text: "Password changed. Every other session has ended." });
          },
        );
      }}
    >
      <FormError problem={problem} shown={FIELDS} />
      <input type="text" name="username" value={username} readOnly hidden autoComplete="username" />
      <Field id="current" label="Current password" error={error("current")}>
        {(ties) => (
          <Input {...ties} name="current" type="password" required maxLength={128} autoComplete="current-password" />
        )}
      </Field>
      <Field id="new" label="New password" error={error("new")} hint="15 characters or more; a few words do well">
        {(ties) => <Input {...ties} name="new" type="password" required maxLength={128} autoComplete="new-password" />}
      </Field>
      <Field id="again" label="Again" error={error("again")}>
        {(ties) => (
          <Input {...ties} name="again" type="password" required maxLength={128} autoComplete="new-password" />
        )}
      </Field>
      <Button type="submit" look="primary" busy={busy && "Changing …"} className="justify-self-start max-desk:w-full">
        Change password
      </Button>
    </form>
  );
}
