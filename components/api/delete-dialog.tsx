"use client";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { StepUp } from "../account/step-up";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { notify } from "../ui/notify";
import { FormError } from "./form-error";
import { request } from "./request";
import { useSubmit } from "./use-submit";

type Props = {
  path: `/api/v1/${string}`;
  /** What is deleted, as a sentence names it: *the network office*. */
  what: string;
  /** Where to go when it is gone. */
  after: string;
  children: ReactNode;
};

/** A button that asks first. A refusal (it is in use) stays in the dialog; nothing is gone then. */
export function DeleteDialog({ path, what, after, children }: Props) {
  const [open, setOpen] = useState(false);
  const { push } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  const leave = () => {
    setOpen(false);
    refuse(null);
  };
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" data-focus-first="" onClick={leave}>
        Keep it
      </Button>
      <Button type="submit" form="delete" look="danger" busy={busy && "Deleting …"}>
        Delete
      </Button>
    </>
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Icon of={Trash2} />
        Delete
      </Button>
      <Dialog open={open} onOpenChange={leave} role="alertdialog" title={`Delete ${what}?`} foot={foot}>
        <form
          id="delete"
          ref={form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void send(
              () => request("DELETE", path, {}),
              () => {
                notify({ tone: "done", text: `Deleted ${what}.` });
                push(after);
              },
            );
          }}
        >
          <FormError problem={problem} shown={[]} />
          <div className="text-pretty text-fg-2">{children}</div>
        </form>
        <StepUp submit={submit} why={`Deleting ${what} cannot be undone.`} />
      </Dialog>
    </>
  );
}
