"use client";
import { useRouter } from "next/navigation";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";

type Props = { left: number; onMade: (codes: readonly string[]) => void };

/** How many recovery codes are left, and new ones, which end the old. */
export function NewCodes({ left, onMade }: Props) {
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, send } = submit;
  return (
    <div className="grid gap-3 border-border border-t pt-4">
      <FormError problem={problem} shown={[]} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 text-fg-2">
          {left === 0 ? "You have no recovery code left." : `${left} recovery ${left === 1 ? "code" : "codes"} left.`}{" "}
          New ones end the old.
        </p>
        <Button
          busy={busy && "Making …"}
          onClick={() =>
            void send(
              () => request<{ recoveryCodes: readonly string[] }>("POST", "/api/v1/me/recovery-codes", {}),
              ({ recoveryCodes }) => {
                onMade(recoveryCodes);
                refresh();
              },
            )
          }
        >
          New recovery codes
        </Button>
      </div>
      <StepUp submit={submit} why="Recovery codes open your account." />
    </div>
  );
}
