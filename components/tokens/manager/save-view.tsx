"use client";
import { Plus, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { SavedView } from "#lib/views/view";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Input } from "../../ui/input";
import { notify } from "../../ui/notify";

/** Keeps what the page shows now under a name. */
export function SaveView({ query }: { query: string }) {
  const [open, setOpen] = useState(false);
  const { refresh } = useRouter();
  const { busy, problem, form, send, refuse } = useSubmit();
  const leave = () => {
    setOpen(false);
    refuse(null);
  };
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Leave it
      </Button>
      <Button type="submit" form="save-view" look="primary" busy={busy && "Saving …"}>
        Save
      </Button>
    </>
  );
  return (
    <>
      <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
        <Icon of={Plus} size={14} />
        Save view
      </Button>
      <Dialog
        open={open}
        onOpenChange={leave}
        title="Save this view"
        about="Filter, search, order and columns, as a tab of yours. Others do not see it; its address can be shared."
        foot={foot}
      >
        <form
          id="save-view"
          ref={form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get("name") ?? "");
            void send<SavedView>(
              () => request("POST", "/api/v1/views", { name, query }),
              () => {
                notify({ tone: "done", text: `Saved the view ${name}.` });
                leave();
                refresh();
              },
            );
          }}
        >
          <FormError problem={problem} shown={["name"]} />
          <Field id="view-name" label="Name" error={fieldError(problem, "name")}>
            {(ties) => <Input {...ties} name="name" required maxLength={60} autoComplete="off" data-focus-first="" />}
          </Field>
        </form>
      </Dialog>
    </>
  );
}

/** Forgets the view that is looked at; the list stays as it is, and it can be saved again. */
export function DeleteView({ view: { id, name } }: { view: SavedView }) {
  const { refresh } = useRouter();
  const { busy, send } = useSubmit();
  const forget = () =>
    send(
      async () => {
        const answer = await request<SavedView>("DELETE", "/api/v1/views", { id });
        if (!answer.ok) notify({ tone: "failed", text: answer.problem.detail });
        return answer;
      },
      () => {
        notify({ tone: "done", text: `Deleted the view ${name}. What it showed is still here.` });
        refresh();
      },
    );
  return (
    <Button look="quiet" size="sm" busy={busy && "Deleting …"} onClick={forget}>
      <Icon of={X} size={14} />
      Delete view
    </Button>
  );
}
