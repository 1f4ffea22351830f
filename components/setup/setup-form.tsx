"use client";
import { ArrowRight } from "lucide-react";
import { useEffect, useState } from "react";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { signIn } from "../sign-in/session";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Audience } from "./audience";
import { takeCode } from "./code";
import { WhoAreYou } from "./who-are-you";

const FIELDS = ["code", "username", "password", "again", "email", "audience"];

/** The first administrator, and who else may have tokens. Sent once; then this page is closed for ever. */
export function SetupForm() {
  const { busy, problem, form, send, refuse } = useSubmit();
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => setCode(takeCode()), []);
  const errors = (path: string) => fieldError(problem, path);
  return (
    <form
      ref={form}
      className="rounded-lg border border-border bg-surface"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) => String(data.get(name) ?? "");
        const [username, password, email] = [text("username").trim(), text("password"), text("email").trim()];
        if (password !== text("again")) {
          refuse({
            code: "invalid_input",
            detail: "",
            fields: { again: "This is not the same password." },
            requestId: null,
          });
          return;
        }
        const body = {
          code: code || text("code").trim(),
          username,
          password,
          audience: text("audience"),
          ...(email ? { email } : {}),
        };
        void send(
          () => request("POST", "/api/v1/setup", body),
          async () => {
            await signIn({ username, password });
            location.assign("/tokens");
          },
        );
      }}
    >
      <div className="px-[22px] pt-5 empty:hidden max-desk:px-4">
        <FormError problem={problem} shown={FIELDS} />
      </div>
      <WhoAreYou code={code} errors={errors} />
      <Audience error={errors("audience")} />
      <div className="flex flex-wrap items-center gap-3 rounded-b-lg border-border border-t bg-surface-2 px-[22px] py-4 max-desk:px-4 max-desk:py-3.5">
        <span className="text-sm text-fg-2">Next: you are signed in, and can connect your first application.</span>
        <Button
          type="submit"
          look="primary"
          size="lg"
          busy={busy && "Setting up …"}
          className="ml-auto max-desk:w-full"
        >
          Create and go on
          <Icon of={ArrowRight} />
        </Button>
      </div>
    </form>
  );
}
