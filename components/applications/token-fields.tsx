"use client";
import { useId } from "react";
import type { Application } from "#lib/applications/application";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { LinesArea } from "../ui/lines-area";
import { Tick } from "../ui/tick";

type Credentials = Pick<Application, "credentials" | "usernames" | "paths" | "introspectRestricted">;

/** How tokens come, whose username may stand beside them, and which paths they reach beyond those of the kind. */
export function TokenFields({ application, problem }: { application: Credentials; problem: Problem | null }) {
  const id = useId();
  const { credentials, usernames, paths, introspectRestricted } = application;
  return (
    <>
      <fieldset className="grid gap-1.5">
        <legend className="mb-[5px] text-sm font-medium">Tokens may come as</legend>
        <Tick name="basic" on={credentials.basic}>
          Password beside the username (Basic)
        </Tick>
        <Tick name="bearer" on={credentials.bearer}>
          Bearer
        </Tick>
      </fieldset>
      <div className="grid gap-3 desk:grid-cols-2">
        <Field
          id={`${id}-header`}
          label="Header"
          optional
          error={fieldError(problem, "credentials.header")}
          hint="Tokens in it are refused until the gateway takes this header away: after a change, put its configuration in place anew"
        >
          {(ties) => (
            <Input
              {...ties}
              name="header"
              mono
              maxLength={64}
              defaultValue={credentials.header ?? ""}
              spellCheck={false}
            />
          )}
        </Field>
        <Field
          id={`${id}-query`}
          label="Query parameter"
          optional
          error={fieldError(problem, "credentials.query")}
          hint="Only where the application itself asks (/v1/verify). Behind a gateway such a token is refused: the address would be handed on with the secret in it"
        >
          {(ties) => (
            <Input
              {...ties}
              name="query"
              mono
              maxLength={64}
              defaultValue={credentials.query ?? ""}
              spellCheck={false}
            />
          )}
        </Field>
      </div>
      <fieldset className="grid gap-1.5">
        <legend className="mb-[5px] text-sm font-medium">
          Usernames that may stand beside a token, besides its owner’s
        </legend>
        <Tick name="aliases" on={usernames.aliases}>
          Their e-mail addresses and former names
        </Tick>
        <Tick name="empty" on={usernames.empty}>
          No username at all
        </Tick>
      </fieldset>
      <Field
        id={`${id}-paths`}
        label="Further paths for tokens"
        optional
        error={fieldError(problem, "paths")}
        hint="One a line, beside those of its kind: /plugins/servlet/report/**. A star is one segment, two are any number"
      >
        {(ties) => <LinesArea {...ties} name="paths" lines={paths} />}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="mb-[5px] text-sm font-medium">Where an application asks by introspection</legend>
        <Tick name="introspectRestricted" on={introspectRestricted}>
          Tokens limited to addresses, headers, paths or times count too: introspection cannot see those limits
        </Tick>
      </fieldset>
    </>
  );
}
