"use client";
import { useState } from "react";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import type { Ways } from "./ways";

const OPTIONS = [
  { value: "password", label: "Password" },
  { value: "code", label: "Code of your app" },
];
const HINT = "It counts for ten minutes";

/** A password, or a code: what somebody has, and their choice where they have both. */
export function ConfirmFields({ ways, problem }: { ways: Ways; problem: Problem | null }) {
  const [chosen, choose] = useState("password");
  const by = ways.password && chosen === "password" ? "password" : "code";
  return (
    <>
      {ways.password && ways.code && (
        <Segmented name="by" label="Confirm by" options={OPTIONS} value={by} onChange={choose} />
      )}
      {by === "password" ? (
        <Field id="confirm-password" label="Password" error={fieldError(problem, "password")} hint={HINT}>
          {(ties) => (
            <Input
              {...ties}
              name="password"
              type="password"
              required
              autoComplete="current-password"
              data-focus-first=""
            />
          )}
        </Field>
      ) : (
        <Field id="confirm-code" label="Code" error={fieldError(problem, "code")} hint={HINT}>
          {(ties) => <Input {...ties} name="code" required maxLength={64} autoComplete="one-time-code" mono />}
        </Field>
      )}
    </>
  );
}
