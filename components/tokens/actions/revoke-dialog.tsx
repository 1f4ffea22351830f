"use client";
import { Pause } from "lucide-react";
import { useState } from "react";
import type { RevocationReason } from "#lib/tokens/acting/revocation";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Note } from "../../ui/note";
import type { Reader } from "../../ui/time-words";
import { accessWords } from "../token-words";
import { SourceList } from "../usage/source-list";
import { sentenceOfUse } from "../usage/usage-words";
import { useUsage } from "../usage/use-usage";
import { ActionDialog } from "./action-dialog";
import type { ActionFacts, Actions } from "./action-facts";
import { consequence } from "./consequence";
import { NoteField } from "./note-field";
import { PairChoice } from "./pair-choice";
import { ReasonField } from "./reason-field";
import { useAction } from "./use-action";

type Props = {
  token: ActionFacts;
  actions: Actions;
  reader: Reader;
  onClose: () => void;
  /** What is chosen at first. */
  why?: RevocationReason;
};

/** The facts beside the button, and the gentler way in the same row. */
export function RevokeDialog({ token, actions, reader, onClose, why = "no_longer_needed" }: Props) {
  const [reason, setReason] = useState<string>(why);
  const [note, setNote] = useState("");
  const [only, setOnly] = useState(false);
  const { act, busy, problem, form, outcome, leave } = useAction(token.id, reader, onClose);
  const noted = note.trim() ? { note: note.trim() } : {};
  const usage = useUsage(token.id);
  const { use, rest } = consequence(token, reader);
  const counted = usage === null ? null : sentenceOfUse(usage);
  const about = (
    <>
      {token.owner.username} · <span className="mono">{token.hint}</span> · {accessWords(token.access).toLowerCase()} in{" "}
      {token.where}
    </>
  );
  const foot = (
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
        type="submit"
        form="revoke"
        look="danger"
        className="max-desk:basis-full"
        busy={busy === "revoke" && "Revoking …"}
      >
        Revoke for good
      </Button>
    </>
  );
  return (
    <ActionDialog
      name={token.name}
      outcome={outcome}
      onClose={leave}
      role="alertdialog"
      title={`Revoke “${token.name}”?`}
      about={about}
      foot={foot}
    >
      <form
        id="revoke"
        ref={form}
        className="grid gap-4 max-desk:gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          act("revoke", { reason, ...noted, ...(only ? { only } : {}) });
        }}
      >
        <FormError problem={problem} shown={["note"]} />
        <p className="text-pretty rounded-md border border-danger-line bg-danger-bg px-3.5 py-3">
          <b className="font-semibold">{counted ?? use}</b> {rest}
        </p>
        {usage && usage.sources.length > 0 && (
          <div>
            <p className="mb-1.5 text-sm font-medium">What will stop</p>
            <div className="max-h-44 overflow-y-auto rounded-md border border-border">
              <SourceList sources={usage.sources} reader={reader} />
            </div>
          </div>
        )}
        {token.pair && <PairChoice pair={token.pair} only={only} onChange={setOnly} />}
        <div className="grid gap-3 desk:grid-cols-2">
          <ReasonField value={reason} onChange={setReason} />
          <NoteField value={note} onChange={setNote} error={fieldError(problem, "note")} />
        </div>
        {actions.suspend && (
          <Note icon={Pause}>
            Not sure? <b className="text-fg">Suspend</b> stops it as fast, and you can resume it later.
          </Note>
        )}
      </form>
    </ActionDialog>
  );
}
