"use client";
import { useId } from "react";
import type { GatewayView } from "#lib/gateways/view";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { LinesArea } from "../ui/lines-area";

type Trust = Pick<GatewayView, "trustedHops" | "trustedRanges">;

/** Proxies in front of the gateway: where they are, and how many a request comes through. */
export function TrustFields({ trust, problem }: { trust: Trust; problem: Problem | null }) {
  const id = useId();
  return (
    <>
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
    </>
  );
}
