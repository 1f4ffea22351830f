"use client";
import { useState } from "react";
import { FormError } from "../api/form-error";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Note } from "../ui/note";
import type { Reader } from "../ui/time-words";
import type { ActionFacts } from "./action-facts";
import { consequence } from "./consequence";
import { useAction } from "./use-action";

/** Holds a token: for *something looks wrong*, and for leave. */
export function SuspendDialog({ token, reader, onClose }: { token: ActionFacts; reader: Reader; onClose: () => void }) {
  const [note, setNote] = useState("");
  const { act, busy, problem, outcome, leave } = useAction(token.id, reader, onClose);
  const foot = outcome ? (
    <Button className="ml-auto" onClick={leave}>
      Close
    </Button>
  ) : (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Keep it going
      </Button>
      <Button
        look="primary"
        data-focus-first=""
        busy={busy === "suspend" && "Suspending …"}
        onClick={() => act("suspend", note.trim() ? { note: note.trim() } : {})}
      >
        Suspend
      </Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={leave}
      title={`Suspend “${token.name}”?`}
      about={<span className="mono">{token.hint}</span>}
      foot={foot}
    >
      <FormError problem={problem} shown={[]} />
      {outcome ? (
        <Note tone="warning" role="status">
          {outcome}
        </Note>
      ) : (
        <>
          <p className="text-fg-2">
            {consequence(token, reader).use} Requests with it are refused until you resume it.
          </p>
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
        </>
      )}
    </Dialog>
  );
}
