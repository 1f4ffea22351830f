"use client";
import { Pause } from "lucide-react";
import { useState } from "react";
import { FormError } from "../api/form-error";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Input, Select } from "../ui/input";
import { Note } from "../ui/note";
import type { Reader } from "../ui/time-words";
import type { ActionFacts, Actions } from "./action-facts";
import { consequence } from "./consequence";
import { accessWords, REVOKE_REASONS } from "./token-words";
import { useAction } from "./use-action";

type Props = { token: ActionFacts; actions: Actions; reader: Reader; onClose: () => void };

/** The facts beside the button, and the gentler way in the same row. */
export function RevokeDialog({ token, actions, reader, onClose }: Props) {
  const [reason, setReason] = useState<string>("no_longer_needed");
  const [note, setNote] = useState("");
  const { act, busy, problem, outcome, leave } = useAction(token.id, reader, onClose);
  const noted = note.trim() ? { note: note.trim() } : {};
  const about = (
    <>
      {token.owner.username} · <span className="mono">{token.hint}</span> · {accessWords(token.access).toLowerCase()} in{" "}
      {token.where}
    </>
  );
  const { use, rest } = consequence(token, reader);
  const foot = outcome ? (
    <Button className="ml-auto" onClick={leave}>
      Close
    </Button>
  ) : (
    <>
      {actions.suspend && (
        <Button busy={busy === "suspend" && "Suspending …"} onClick={() => act("suspend", noted)}>
          <Icon of={Pause} />
          Suspend instead
        </Button>
      )}
      <Button look="quiet" className="ml-auto" data-focus-first="" onClick={leave}>
        Keep it
      </Button>
      <Button
        look="danger"
        className="max-desk:basis-full"
        busy={busy === "revoke" && "Revoking …"}
        onClick={() => act("revoke", { reason, ...noted })}
      >
        Revoke for good
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={leave} role="alertdialog" title={`Revoke “${token.name}”?`} about={about} foot={foot}>
      <FormError problem={problem} shown={[]} />
      {outcome ? (
        <Note tone="warning" role="status">
          {outcome}
        </Note>
      ) : (
        <>
          <p className="text-pretty rounded-md border border-danger-line bg-danger-bg px-3.5 py-3">
            <b className="font-semibold">{use}</b> {rest}
          </p>
          <div className="grid gap-3 desk:grid-cols-2">
            <Field id="reason" label="Reason">
              {(ties) => (
                <Select {...ties} value={reason} onChange={(event) => setReason(event.target.value)}>
                  {REVOKE_REASONS.map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id="note" label="Note" optional>
              {(ties) => (
                <Input
                  {...ties}
                  value={note}
                  onChange={(event) => setNote(event.target.value)}
                  maxLength={500}
                  placeholder="Kept in the history"
                  autoComplete="off"
                />
              )}
            </Field>
          </div>
          {actions.suspend && (
            <Note icon={Pause}>
              Not sure? <b className="text-fg">Suspend</b> stops it as fast, and you can resume it later.
            </Note>
          )}
        </>
      )}
    </Dialog>
  );
}
