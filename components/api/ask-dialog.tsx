"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useId, useState } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import { StepUp } from "../account/step-up";
import { Button } from "../ui/button";
import type { ButtonLook } from "../ui/button-class";
import { Dialog } from "../ui/dialog";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";
import { enforcementSentence } from "./enforcement";
import { FormError } from "./form-error";
import { request } from "./request";
import { useSubmit } from "./use-submit";

type Props = {
  /** What the button shows that opens it, and what it is called where that is not enough. */
  label: ReactNode;
  name?: string;
  look?: ButtonLook;
  title: string;
  method: "POST" | "PUT" | "PATCH" | "DELETE";
  path: `/api/v1/${string}`;
  body?: object;
  confirm: string;
  busy: string;
  keep: string;
  danger?: boolean;
  /** What is said when it is done: *Deactivated mara.* And where it holds, if `verb` says how: *Stopped*. */
  done: string;
  verb?: string;
  reader: Reader;
  children: ReactNode;
};

/** A button that asks first, with the facts; then the page shows what has become of it. */
export function AskDialog(props: Props) {
  const { label, name, look = {}, title, method, path, body = {}, confirm, busy, keep, danger = false } = props;
  const [open, setOpen] = useState(false);
  const { refresh } = useRouter();
  const id = useId();
  const submit = useSubmit();
  const leave = () => {
    setOpen(false);
    submit.refuse(null);
  };
  const tell = ({ enforcement }: { enforcement?: Enforcement }) => {
    const where = props.verb === undefined ? "" : ` ${enforcementSentence(enforcement, props.verb, props.reader)}`;
    notify({ tone: "done", text: `${props.done}${where}` });
    setOpen(false);
    refresh();
  };
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" data-focus-first="" onClick={leave}>
        {keep}
      </Button>
      <Button type="submit" form={id} look={danger ? "danger" : "primary"} busy={submit.busy && busy}>
        {confirm}
      </Button>
    </>
  );
  return (
    <>
      <Button {...look} aria-label={name} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog open={open} onOpenChange={leave} role={danger ? "alertdialog" : "dialog"} title={title} foot={foot}>
        <form
          id={id}
          ref={submit.form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void submit.send(() => request<{ enforcement?: Enforcement }>(method, path, body), tell);
          }}
        >
          <FormError problem={submit.problem} shown={[]} />
          <div className="text-pretty text-fg-2">{props.children}</div>
        </form>
        <StepUp submit={submit} why={`${title} Confirm that it is you.`} />
      </Dialog>
    </>
  );
}
