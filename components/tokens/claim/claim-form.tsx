"use client";
import { KeyRound } from "lucide-react";
import { useEffect, useState } from "react";
import type { KnownApplication } from "#lib/applications/known";
import type { Made } from "#lib/tokens/made";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { takeCode } from "../../setup/code";
import { Button } from "../../ui/button";
import { ButtonLink } from "../../ui/button-link";
import { Field } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Input } from "../../ui/input";
import type { Reader } from "../../ui/time-words";
import { saidOf } from "../new/told";
import { TokenReady } from "../secret/token-ready";

type Props = {
  username: string;
  applications: readonly KnownApplication[];
  reader: Reader;
};

/** A range of addresses; all else among a token's ranges is the name of a network. */
const ADDRESS = /^[\da-f.:]*[.:][\da-f.:/]*$/i;

/** Opens a claim link. The code came in the fragment; the secret is made only when somebody says so, and shown once. */
export function ClaimForm({ username, applications, reader }: Props) {
  const { busy, problem, form, send } = useSubmit();
  const [code, setCode] = useState<string | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  useEffect(() => {
    // another link pasted into this tab changes the fragment alone, and loads nothing
    const take = () => {
      const taken = takeCode();
      if (taken === null) return;
      setCode(taken);
      setMade(null);
    };
    take();
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  if (made !== null) {
    const holder = made.token.owner.username === username ? null : made.token.owner.username;
    const networks = made.token.ipRanges.filter((each) => !ADDRESS.test(each)).map((name) => ({ name, ranges: null }));
    const sentence = saidOf(made.token, { holder, applications, networks }, reader);
    return (
      <TokenReady {...made} applications={applications} sentence={sentence}>
        <ButtonLink look="quiet" href={`/tokens/${made.token.id}`}>
          See the token
        </ButtonLink>
      </TokenReady>
    );
  }
  return (
    <form
      ref={form}
      className="grid gap-4 rounded-lg border border-border bg-surface px-[22px] py-5 max-desk:px-4"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get("code") ?? "").trim();
        void send(() => request<Made>("POST", "/api/v1/claims", { code: code ?? typed.replace(/^.*#/, "") }), setMade);
      }}
    >
      <FormError problem={problem} shown={code === null ? ["code"] : []} />
      <p className="text-pretty text-fg-2">
        The secret is made when you press the button, and shown <b className="text-fg">once</b>, here. Have the place
        ready where it belongs. The link opens nothing after that.
      </p>
      {code === null && (
        <Field
          id="code"
          label="The link"
          hint="Open the link that you were sent once more, or paste it here"
          error={fieldError(problem, "code")}
        >
          {(ties) => (
            <Input {...ties} name="code" mono required maxLength={300} autoComplete="off" spellCheck={false} />
          )}
        </Field>
      )}
      <div>
        <Button type="submit" look="primary" size="lg" busy={busy && "Making the secret …"}>
          <Icon of={KeyRound} />
          Make the secret and show it
        </Button>
      </div>
    </form>
  );
}
