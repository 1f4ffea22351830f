"use client";
import { useId, useState } from "react";
import type { Explained } from "#lib/verification/queries";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input, Select, TextArea } from "../ui/input";
import type { Choices } from "./remedy";
import { TokenChoice, type TokenName } from "./token-choice";
import { typedRequest } from "./typed";
import { Verdict } from "./verdict";

/** What is suggested; others can be typed. */
const METHODS = [
  ...["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
  ...["PROPFIND", "PROPPATCH", "REPORT", "SEARCH", "MKCOL", "MKCALENDAR", "COPY", "MOVE", "LOCK", "UNLOCK"],
];
const SHOWN = ["tokenId", "method", "uri", "host", "clientIp", "at", "headers", "gateway"];

/** `zone` is the reader's, in which they type a time. */
type Props = { tokens: readonly TokenName[]; choices: Choices; address: string; zone: string };

/** A request described on the left, its verdict on the right. What is asked is in no address and is kept nowhere. */
export function Explain({ tokens, choices, address, zone }: Props) {
  const id = useId();
  const [explained, setExplained] = useState<Explained | null>(null);
  const { busy, problem, form, send, refuse } = useSubmit();
  const error = (path: string) => fieldError(problem, path);
  return (
    <div className="grid items-start gap-4 desk:grid-cols-[320px_minmax(0,1fr)]">
      <form
        ref={form}
        className="grid gap-4 rounded-lg border border-border bg-surface p-4"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = typedRequest(new FormData(event.currentTarget), zone);
          if ("body" in typed) {
            void send<Explained>(() => request("POST", "/api/v1/explain", typed.body), setExplained);
          } else {
            const { path, message } = typed;
            refuse({ code: "invalid_input", detail: message, fields: { [path]: message }, requestId: null });
          }
        }}
      >
        <FormError problem={problem} shown={SHOWN} />
        <TokenChoice tokens={tokens} error={error("tokenId")} />
        <Field id={`${id}-method`} label="Method" error={error("method")}>
          {(ties) => (
            <>
              <Input
                {...ties}
                name="method"
                mono
                required
                maxLength={64}
                defaultValue="GET"
                list={`${id}-methods`}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
              />
              <datalist id={`${id}-methods`}>
                {METHODS.map((each) => (
                  <option key={each} value={each} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field id={`${id}-url`} label="Address called" error={error("uri") ?? error("host")}>
          {(ties) => (
            <Input
              {...ties}
              name="url"
              mono
              required
              maxLength={16_000}
              placeholder="https://jira.example.com/rest/api/2/myself"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <Field id={`${id}-from`} label="From" error={error("clientIp")} hint="The client’s address">
          {(ties) => <Input {...ties} name="clientIp" mono required maxLength={64} defaultValue={address} />}
        </Field>
        <Field id={`${id}-at`} label="When" optional error={error("at")} hint={`By the clock of ${zone}; empty is now`}>
          {(ties) => <Input {...ties} type="datetime-local" name="at" />}
        </Field>
        {choices.gateways.length > 0 && (
          <Field id={`${id}-gateway`} label="Through" error={error("gateway")}>
            {(ties) => (
              <Select {...ties} name="gateway">
                <option value="">The gateway of that host</option>
                {choices.gateways.map(({ key }) => (
                  <option key={key}>{key}</option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field
          id={`${id}-headers`}
          label="Other headers"
          optional
          error={error("headers")}
          hint="Name: value, one a line"
        >
          {(ties) => <TextArea {...ties} name="headers" mono rows={2} maxLength={16_000} spellCheck={false} />}
        </Field>
        <Button type="submit" look="primary" block busy={busy && "Judging …"}>
          Explain
        </Button>
        <p className="text-xs text-fg-3">Asking changes nothing: no use is counted, no rate is spent.</p>
      </form>
      <section aria-label="Verdict" aria-live="polite" className="min-w-0">
        {explained === null ? (
          <p className="rounded-lg border border-border border-dashed p-6 text-fg-3">
            Describe a request: here it says whether it passes, which step decides, and where that is changed.
          </p>
        ) : (
          <Verdict explained={explained} choices={choices} />
        )}
      </section>
    </div>
  );
}
