"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { TextLink } from "../ui/text-link";

type Props = {
  application: string;
  /** Where it is asked unless somebody says otherwise. */
  url: string;
  /** What is asked, as people read it: without a credential, and twice with a token. */
  bare: string;
  read: string;
  write: string;
};

/** Has the portal try how the application is connected; the lines below say what came of it. */
export function TryIt({ application, url, bare, read, write }: Props) {
  const id = useId();
  const { refresh } = useRouter();
  const { busy, problem, form, send } = useSubmit();
  return (
    <form
      ref={form}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = new FormData(event.currentTarget);
        const asked = { url: String(typed.get("url") ?? ""), upstream: String(typed.get("upstream") ?? "") };
        void send(
          () => request("POST", `/api/v1/admin/applications/${application}/probes`, asked),
          () => refresh(),
        );
      }}
    >
      <FormError problem={problem} shown={["url", "upstream"]} />
      <Field id={`${id}-url`} label="Where it is found" error={fieldError(problem, "url")}>
        {(ties) => (
          <Input {...ties} mono name="url" defaultValue={url} maxLength={500} autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <Field
        id={`${id}-upstream`}
        label="The application’s own address"
        optional
        hint="Host and port, as other machines would find it. It is only knocked at."
        error={fieldError(problem, "upstream")}
      >
        {(ties) => (
          <Input
            {...ties}
            mono
            name="upstream"
            placeholder="10.0.0.5:8080"
            maxLength={270}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <p className="text-sm text-fg-2 [overflow-wrap:anywhere]">
        From the portal’s machine it asks <Asked>{bare}</Asked> without a credential, then <Asked>{read}</Asked> and{" "}
        <Asked>{write}</Asked>, a name that nothing has, with a read token of yours that is revoked at once.{" "}
        <TextLink href="/help#trying">More about it</TextLink>
      </p>
      <Button type="submit" look="primary" className="justify-self-start" busy={busy && "Trying …"}>
        Try it
      </Button>
    </form>
  );
}

const Asked = ({ children }: { children: string }) => <code className="mono text-xs">{children}</code>;
