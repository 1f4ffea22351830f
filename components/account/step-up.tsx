"use client";
import dynamic from "next/dynamic";
import { KeptForm } from "../api/kept";
import type { Submit } from "../api/use-submit";

const ConfirmDialog = dynamic(() => import("./confirm-dialog").then((module) => module.ConfirmDialog), { ssr: false });

/** Where the server wants to know that it is still the same person: asks for the password, then sends the form again. */
export function StepUp({ submit, why }: { submit: Pick<Submit, "problem" | "again" | "refuse">; why: string }) {
  if (submit.problem?.code !== "step_up_required") return null;
  // A right password has saved nothing of the form that asks for it.
  return (
    <KeptForm value={null}>
      <ConfirmDialog why={why} onConfirmed={submit.again} onClose={() => submit.refuse(null)} />
    </KeptForm>
  );
}
