"use client";
import { useId } from "react";
import type { ApplicationKind, IdentityMode } from "#lib/applications/application";
import { fieldError, type Problem } from "../api/problem";
import { ChoiceCard } from "../ui/choice-card";
import { FieldError } from "../ui/field";

type Props = {
  kind: ApplicationKind;
  identity: IdentityMode;
  /** Somebody said that the application has a plug-in which reads the header. */
  hasPlugin: boolean;
  onChange: (identity: IdentityMode) => void;
  onPlugin: (has: boolean) => void;
  problem: Problem | null;
};

/** How the user's identity reaches the application. `header` and `jwt` only where something reads them. */
export function IdentityField({ kind, identity, hasPlugin, onChange, onPlugin, problem }: Props) {
  const id = useId();
  const error = fieldError(problem, "identity");
  const told = identity === "header" || identity === "jwt";
  const needsPlugin = kind !== "generic";
  const choice = (mode: IdentityMode, disabled = false) => ({
    ...{ name: "identity", value: mode, disabled },
    checked: identity === mode,
    onChange: () => onChange(mode),
  });
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="grid gap-2">
      <legend className="mb-[5px] text-sm font-medium">How the identity arrives</legend>
      <ChoiceCard {...choice("none")} title="Not at all">
        The application learns nothing of the user; it sees requests without a credential.
      </ChoiceCard>
      <ChoiceCard {...choice("passthrough")} title="It keeps asking everybody itself">
        Passwords and its own tokens go on to it. Tokens of Latchkey are refused here.
      </ChoiceCard>
      <ChoiceCard {...choice("header", needsPlugin && !hasPlugin)} title="A header that it believes">
        X-Latchkey-User carries the username. Nothing but the gateway may reach its port.
      </ChoiceCard>
      <ChoiceCard {...choice("jwt", needsPlugin && !hasPlugin)} title="A signed assertion that it verifies">
        A token of Latchkey’s own comes as Bearer, good for this request and a minute. The application verifies it by
        the public keys that the verifier tells.
      </ChoiceCard>
      {needsPlugin && (
        <label className="flex items-start gap-2 text-sm text-fg-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4 flex-none accent-(--accent)"
            checked={hasPlugin}
            onChange={(event) => {
              onPlugin(event.target.checked);
              if (!event.target.checked && told) onChange("none");
            }}
          />
          I have a plug-in that reads it: this product does not by itself
        </label>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </fieldset>
  );
}
