"use client";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Props = { why: string; onConfirmed: () => void; onClose: () => void };

/** The password once more, before what would do the most harm in foreign hands. Then it goes on by itself. */
export function ConfirmDialog({ why, onConfirmed, onClose }: Props) {
  const { busy, problem, form, send } = useSubmit();
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" onClick={onClose}>
        Not now
      </Button>
      <Button type="submit" form="confirm" look="primary" busy={busy && "Confirming …"}>
        Confirm
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={onClose} title="Confirm that it is you" about={why} foot={foot}>
      <form
        id="confirm"
        ref={form}
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          // a dialog of its own: what is typed here is not part of the form behind it
          event.stopPropagation();
          const password = String(new FormData(event.currentTarget).get("password") ?? "");
          void send(() => request("POST", "/api/v1/me/step-up", { password }), onConfirmed);
        }}
      >
        <FormError problem={problem} shown={["password"]} />
        <Field
          id="confirm-password"
          label="Password"
          error={fieldError(problem, "password")}
          hint="It counts for ten minutes"
        >
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
      </form>
    </Dialog>
  );
}
