"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import { StepUp } from "../../account/step-up";
import { enforcementSentence } from "../../api/enforcement";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { notify } from "../../ui/notify";
import type { Reader } from "../../ui/time-words";
import { dateIn, endOfDay } from "../../ui/zoned";

type Props = {
  token: { readonly id: string; readonly name: string };
  /** When it ends today (ISO 8601); null gives a new one. */
  until: string | null;
  reader: Reader;
};

/** Gives a waiver, or moves the end of one. */
export function WaiverDialog({ token, until, reader }: Props) {
  const [open, setOpen] = useState(false);
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  const gives = until === null;
  const leave = () => {
    setOpen(false);
    refuse(null);
  };
  const save = (data: FormData) => {
    const ends = endOfDay(String(data.get("until") ?? ""), reader.zone);
    if (ends === null) {
      const fields = { until: "Choose a day." };
      return refuse({ code: "invalid_input", detail: "", fields, requestId: null });
    }
    const why = String(data.get("why") ?? "").trim();
    const body = { until: new Date(ends).toISOString(), ...(gives && { why }) };
    return void send<{ enforcement?: Enforcement }>(
      () => request("PATCH", `/api/v1/tokens/${token.id}/waiver`, body),
      ({ enforcement }) => {
        const done = gives ? "Gave it a waiver." : "Changed the waiver.";
        notify({ tone: "done", text: `${done} ${enforcementSentence(enforcement, "In force", reader)}` });
        setOpen(false);
        refresh();
      },
    );
  };
  const foot = (
    <>
      <Button look="quiet" className="ml-auto" onClick={leave}>
        Leave it
      </Button>
      <Button type="submit" form="waiver-form" look="primary" busy={busy && "Saving …"}>
        {gives ? "Give it" : "Change it"}
      </Button>
    </>
  );
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {gives ? "Give a waiver" : "Another end"}
      </Button>
      <Dialog
        open={open}
        onOpenChange={leave}
        title={gives ? `A waiver for “${token.name}”` : `When shall the waiver of “${token.name}” end?`}
        foot={foot}
      >
        <form
          id="waiver-form"
          ref={form}
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save(new FormData(event.currentTarget));
          }}
        >
          <FormError problem={problem} shown={["until", "why"]} />
          {gives && (
            <p className="text-pretty text-fg-2">
              Until its date it lets pass what the token itself says, although a policy, a delegation or a ceiling
              refuses that by now. It gives nothing that the token does not say, and never <i>use</i>.
            </p>
          )}
          <Field id="waiver-until" label="Last day" error={fieldError(problem, "until")}>
            {(ties) => (
              <Input
                {...ties}
                name="until"
                type="date"
                required
                min={dateIn(reader.now, reader.zone)}
                defaultValue={until === null ? "" : dateIn(Date.parse(until), reader.zone)}
              />
            )}
          </Field>
          {gives && (
            <Field id="waiver-why" label="Why" error={fieldError(problem, "why")} hint="The log and the page keep it">
              {(ties) => <Input {...ties} name="why" required maxLength={200} autoComplete="off" />}
            </Field>
          )}
        </form>
      </Dialog>
      <StepUp submit={submit} why="A waiver lets through what the rules refuse." />
    </>
  );
}
