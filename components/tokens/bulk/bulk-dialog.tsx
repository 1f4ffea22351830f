"use client";
import { Pause } from "lucide-react";
import { useState } from "react";
import type { OperationView } from "#lib/operations/operation";
import type { BulkAction } from "#lib/tokens/bulk/schema";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { Input } from "../../ui/input";
import { Note } from "../../ui/note";
import { DAY_MS, type Reader } from "../../ui/time-words";
import { dateIn, endOfDay } from "../../ui/zoned";
import { NoteField } from "../actions/note-field";
import { ReasonField } from "../actions/reason-field";
import { BULK_WORDS, tokensWords } from "./bulk-words";
import { PreviewFacts } from "./preview-facts";
import { usePreview } from "./use-preview";

/** Which tokens: these, or all that a filter finds. */
export type Which = { readonly ids: readonly string[] } | { readonly filter: object };

type Props = {
  action: BulkAction;
  which: Which;
  /** How many those are, as far as the page knows. */
  count: string;
  /** Whether suspending can be offered instead of revoking. */
  gentler: boolean;
  reader: Reader;
  onInstead: () => void;
  onClose: () => void;
  onBegun: (operation: OperationView) => void;
};

/** What would happen stands beside the button that begins it, which takes no press before that is known. */
export function BulkDialog({ action, which, count, gentler, reader, onInstead, onClose, onBegun }: Props) {
  const [reason, setReason] = useState("no_longer_needed");
  const [note, setNote] = useState("");
  const [date, setDate] = useState(() => dateIn(reader.now + 30 * DAY_MS, reader.zone));
  const [looks, setLooks] = useState(0);
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const words = BULK_WORDS[action];
  const end = endOfDay(date, reader.zone);
  const fields = {
    revoke: { reason },
    suspend: {},
    resume: {},
    "change-expiry": end === null ? null : { expiresAt: new Date(end).toISOString() },
  }[action];
  const wish = fields === null ? null : { action, ...which, ...fields };
  const { preview, problem: unseen, waiting } = usePreview(wish, looks);
  const noted = (action === "revoke" || action === "suspend") && note.trim() ? { note: note.trim() } : {};
  const begin = () => {
    if (wish === null || preview === null || preview.changes === 0) return;
    const body = { ...wish, ...noted, expected: preview.matched };
    void send(async () => {
      const answer = await request<OperationView>("POST", "/api/v1/admin/tokens/bulk", body);
      if (!answer.ok && answer.problem.code === "stale") setLooks((before) => before + 1);
      return answer;
    }, onBegun);
  };
  const shown = problem?.code === "stale" ? { ...problem, fields: {} } : (problem ?? unseen);
  const changes = preview === null ? count : preview.changes.toLocaleString("en");
  const foot = (
    <>
      {action === "revoke" && gentler && (
        <Button onClick={onInstead}>
          <Icon of={Pause} />
          Suspend instead
        </Button>
      )}
      <Button look="quiet" className="ml-auto" data-focus-first="" onClick={onClose}>
        {words.keep}
      </Button>
      <Button
        type="submit"
        form="bulk"
        look={action === "revoke" ? "danger" : "primary"}
        className="max-desk:basis-full"
        disabled={preview === null || preview.changes === 0}
        busy={busy && words.busy}
      >
        {words.verb} {changes} {words.confirm}
      </Button>
    </>
  );
  const title = `${words.verb} ${preview === null ? `${count} tokens` : tokensWords(preview.matched)}?`;
  return (
    <Dialog open onOpenChange={onClose} role="alertdialog" title={title} foot={foot}>
      <form
        id="bulk"
        ref={form}
        className="grid gap-4 max-desk:gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          begin();
        }}
      >
        <FormError problem={shown} shown={["note", "expiresAt"]} />
        {action === "change-expiry" && (
          <Field
            id="bulk-date"
            label="Last day"
            error={end === null ? "Choose a day." : fieldError(shown, "expiresAt")}
          >
            {(ties) => (
              <Input {...ties} type="date" required value={date} onChange={(event) => setDate(event.target.value)} />
            )}
          </Field>
        )}
        <div role="status" className="grid gap-4 max-desk:gap-3">
          {waiting && <p className="text-sm text-fg-2">Looking at what would happen …</p>}
          {preview && <PreviewFacts preview={preview} />}
        </div>
        {(action === "revoke" || action === "suspend") && (
          <div className="grid gap-3 desk:grid-cols-2">
            {action === "revoke" && <ReasonField value={reason} onChange={setReason} />}
            <NoteField value={note} onChange={setNote} error={fieldError(problem, "note")} />
          </div>
        )}
        <Note>It goes on by itself once it has begun: you can leave the page and come back to it.</Note>
      </form>
      <StepUp submit={submit} why="Doing something to many tokens asks for your password again." />
    </Dialog>
  );
}
