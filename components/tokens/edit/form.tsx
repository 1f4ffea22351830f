"use client";
import { useState } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import type { TokenView } from "#lib/tokens/view";
import { StepUp } from "../../account/step-up";
import { FormError } from "../../api/form-error";
import { fieldError } from "../../api/problem";
import { request } from "../../api/request";
import { useSaved } from "../../api/use-saved";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { ButtonLink } from "../../ui/button-link";
import { Field } from "../../ui/field";
import { Input, TextArea } from "../../ui/input";
import type { Reader } from "../../ui/time-words";
import { RestrictionFields } from "../restrictions/fields";
import { RESTRICTION_FIELDS } from "../restrictions/typed";
import type { ApplicationName } from "../token-words";
import { changesOf, draftOf, type EditDraft } from "./changes";
import { EditReach } from "./reach";

const FIELDS = [
  ...["name", "description", "contact", "labels", "applications", "access", "ipRanges", "expiresAt"],
  ...RESTRICTION_FIELDS,
];

type Props = { token: TokenView; applications: readonly ApplicationName[]; reader: Reader };

/** Everything of a token that can be changed; only what was touched is sent. */
export function EditForm({ token, applications, reader }: Props) {
  const [draft, setDraft] = useState(() => draftOf(token, reader.zone));
  const { made } = useSaved(reader);
  const submit = useSubmit();
  const { busy, problem, form, send, refuse } = submit;
  const change = (patch: Partial<EditDraft>) => setDraft((before) => ({ ...before, ...patch }));
  const error = (path: string) => fieldError(problem, path);
  const back = `/tokens/${token.id}`;
  const save = () => {
    const changes = changesOf(token, draft, reader.zone);
    if (changes === undefined) {
      const fields = { expiresAt: "This is no day of the calendar." };
      return refuse({ code: "invalid_input", detail: "", fields, requestId: null });
    }
    void send<{ enforcement?: Enforcement }>(
      () => request("PATCH", `/api/v1/tokens/${token.id}`, { ...changes, version: token.version }),
      (saved) => made("Saved.", saved, back),
    );
  };
  return (
    <form
      ref={form}
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <FormError problem={problem} shown={FIELDS} />
      <EditWords draft={draft} change={change} error={error} />
      <EditReach token={token} draft={draft} change={change} error={error} applications={applications} />
      <RestrictionFields
        typed={draft.narrowing}
        change={(patch) => change({ narrowing: { ...draft.narrowing, ...patch } })}
        error={error}
        rateHint={token.grant.by === "tier" ? "Empty: none, where its tier allows that" : "Only a lower one"}
      />
      <div className="flex gap-2 max-desk:*:flex-1">
        <Button type="submit" look="primary" busy={busy && "Saving …"}>
          Save
        </Button>
        <ButtonLink look="quiet" href={back}>
          Cancel
        </ButtonLink>
      </div>
      <StepUp submit={submit} why="A token that changes things in this portal can do what you can." />
    </form>
  );
}

export type EditProps = {
  draft: EditDraft;
  change: (patch: Partial<EditDraft>) => void;
  error: (path: string) => string | undefined;
};

/** What is said about it. */
function EditWords({ draft, change, error }: EditProps) {
  const text = (field: "name" | "contact" | "labels", most: number) => ({
    value: draft[field],
    maxLength: most,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  return (
    <>
      <Field id="name" label="Name" error={error("name")}>
        {(ties) => <Input {...ties} {...text("name", 100)} required />}
      </Field>
      <Field id="description" label="What it is for" optional error={error("description")}>
        {(ties) => (
          <TextArea
            {...ties}
            rows={2}
            maxLength={500}
            value={draft.description}
            onChange={(event) => change({ description: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-5 desk:grid-cols-2">
        <Field id="contact" label="Contact" optional error={error("contact")} hint="Whom to call when it misbehaves">
          {(ties) => <Input {...ties} {...text("contact", 100)} />}
        </Field>
        <Field id="labels" label="Labels" optional error={error("labels")} hint="Separated by commas">
          {(ties) => <Input {...ties} {...text("labels", 900)} />}
        </Field>
      </div>
    </>
  );
}
