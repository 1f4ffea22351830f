"use client";
import { useRouter } from "next/navigation";
import type { UserView } from "#lib/users/view";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Fact, Facts, None } from "../ui/facts";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { notify } from "../ui/notify";
import { StepUp } from "./step-up";

type Me = Pick<UserView, "displayName" | "email" | "source" | "username" | "version">;

/** One's own name and e-mail address; what a directory delivers is shown only. */
export function ProfileForm({ me }: { me: Me }) {
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  if (me.source !== "local") {
    return (
      <>
        <Facts>
          <Fact name="Name">{me.displayName}</Fact>
          <Fact name="E-mail">{me.email ?? <None>None</None>}</Fact>
        </Facts>
        <p className="border-border border-t px-4 py-3 text-pretty text-sm text-fg-3 [overflow-wrap:anywhere]">
          They come from {me.source}. Change them there.
        </p>
      </>
    );
  }
  const save = (data: FormData) => {
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const body = { version: me.version, displayName: text("displayName"), email: text("email") || null };
    void send(
      () => request("PATCH", "/api/v1/me", body),
      () => {
        notify({ tone: "done", text: "Saved." });
        refresh();
      },
    );
  };
  return (
    <form
      ref={form}
      className="grid max-w-[400px] gap-3.5 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save(new FormData(event.currentTarget));
      }}
    >
      <FormError problem={problem} shown={["displayName", "email"]} />
      <Field id="own-name" label="Name" error={fieldError(problem, "displayName")} hint="As others see you">
        {(ties) => (
          <Input
            {...ties}
            name="displayName"
            maxLength={200}
            defaultValue={me.displayName}
            placeholder={me.username}
            dir="auto"
            autoComplete="name"
          />
        )}
      </Field>
      <Field id="own-email" label="E-mail" optional error={fieldError(problem, "email")}>
        {(ties) => (
          <Input
            {...ties}
            name="email"
            type="email"
            maxLength={254}
            defaultValue={me.email ?? ""}
            autoComplete="email"
            spellCheck={false}
          />
        )}
      </Field>
      <Button type="submit" busy={busy && "Saving …"} className="justify-self-start max-desk:w-full">
        Save
      </Button>
      <StepUp submit={submit} why="Scripts may say whose token they send by an e-mail address." />
    </form>
  );
}
