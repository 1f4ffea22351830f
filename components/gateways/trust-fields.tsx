"use client";
import { useId } from "react";
import { reportsList } from "#lib/gateways/gateway";
import type { GatewayView } from "#lib/gateways/view";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { LinesArea } from "../ui/lines-area";
import { TextLink } from "../ui/text-link";
import type { Adapter } from "./adapter-field";
import { ownTrustWords } from "./gateway-words";

type Trust = Pick<GatewayView, "trustedHops" | "trustedRanges">;

type Props = { adapter: Adapter; trust: Trust; problem: Problem | null };

/**
 * Proxies in front of the gateway: where they are, and how many a request comes through. Of a gateway that tells one
 * address nothing can be said here; what was typed is kept for whoever chooses another again.
 */
export function TrustFields({ adapter, trust, problem }: Props) {
  const id = useId();
  const said = reportsList(adapter);
  return (
    <>
      {!said && (
        <div className="text-sm">
          <p className="font-medium">Proxies in front of it</p>
          <p className="mt-1 text-pretty text-fg-2">
            {ownTrustWords(adapter)} <TextLink href="/help#trusted-proxies">How addresses are found</TextLink>
          </p>
        </div>
      )}
      <fieldset disabled={!said} className={said ? "contents" : "hidden"}>
        <Field
          id={`${id}-ranges`}
          label="Proxies in front of it"
          optional
          error={fieldError(problem, "trustedRanges")}
          hint="Their addresses, one a line, and nobody else’s. Then copy its configuration to the gateway again: it passes X-Forwarded-For of these on, and without that all they bring is refused. Empty: clients come to it themselves"
        >
          {(ties) => <LinesArea {...ties} name="trustedRanges" rows={2} lines={trust.trustedRanges} />}
        </Field>
        <Field
          id={`${id}-hops`}
          label="How many of them at most"
          optional
          error={fieldError(problem, "trustedHops")}
          hint="Through so many a request comes, one after the other. 0 without proxies"
        >
          {(ties) => (
            <Input
              {...ties}
              name="trustedHops"
              inputMode="numeric"
              maxLength={2}
              defaultValue={trust.trustedHops}
              autoComplete="off"
            />
          )}
        </Field>
      </fieldset>
    </>
  );
}
