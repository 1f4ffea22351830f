"use client";
import { useState } from "react";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { Button } from "../../ui/button";
import type { Reader } from "../../ui/time-words";
import { ActionDialog } from "./action-dialog";
import type { ActionFacts } from "./action-facts";
import { consequence } from "./consequence";
import { NoteField } from "./note-field";
import { useAction } from "./use-action";

/** Holds a token: for *something looks wrong*, and for leave. */
export function SuspendDialog({ token, reader, onClose }: { token: ActionFacts; reader: Reader; onClose: () => void }) {
  const [note, setNote] = useState("");
  const { act, busy, problem, form, outcome, leave } = useAction(token.id, reader, onClose);
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Keep it going
      </Button>
      <Button
        type="submit"
        form="suspend"
        look="primary"
        data-focus-first=""
        busy={busy === "suspend" && "Suspending …"}
      >
        Suspend
      </Button>
    </>
  );
  const about = <span className="mono">{token.hint}</span>;
  return (
    <ActionDialog
      name={token.name}
      outcome={outcome}
      onClose={leave}
      title={`Suspend “${token.name}”?`}
      about={about}
      foot={foot}
    >
      <form
        id="suspend"
        ref={form}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          act("suspend", note.trim() ? { note: note.trim() } : {});
        }}
      >
        <FormError problem={problem} shown={["note"]} />
        <p className="text-fg-2">{consequence(token, reader).use} Requests with it are refused until you resume it.</p>
        <NoteField value={note} onChange={setNote} error={fieldError(problem, "note")} />
      </form>
    </ActionDialog>
  );
}
