"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import type { GroupView } from "#lib/groups/view";
import type { Enforcement } from "#lib/propagation/enforcement";
import { StepUp } from "../account/step-up";
import { enforcementSentence } from "../api/enforcement";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { emptiesOnce } from "../api/typed-fields";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { TextArea } from "../ui/input";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";
import { typedNames } from "../users/typed-names";

type Props = { group: Pick<GroupView, "id" | "ref">; reader: Reader };

/** Adds people to a group by their usernames, several at once. */
export function MembersForm({ group, reader }: Props) {
  const id = useId();
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  return (
    <form
      ref={form}
      className="grid gap-2 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const empty = emptiesOnce(event.currentTarget);
        const users = typedNames(String(new FormData(event.currentTarget).get("users") ?? ""));
        void send(
          () =>
            request<GroupView & { enforcement?: Enforcement }>("PUT", `/api/v1/groups/${group.id}/members`, { users }),
          ({ memberCount, enforcement }) => {
            const where = enforcementSentence(enforcement, "In force", reader);
            notify({ tone: "done", text: `${memberCount} in ${group.ref} now. ${where}` });
            empty();
            refresh();
          },
        );
      }}
    >
      <FormError problem={problem} shown={["users"]} />
      <Field
        id={id}
        label="Add members"
        error={fieldError(problem, "users")}
        hint="Usernames, one a line or with commas, at most 100 at once"
      >
        {(ties) => (
          <TextArea
            {...ties}
            name="users"
            rows={2}
            required
            maxLength={26_000}
            dir="auto"
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
      <Button type="submit" busy={busy && "Adding …"} className="justify-self-start">
        Add
      </Button>
      <StepUp submit={submit} why={`Whoever is in ${group.ref} has what it gives.`} />
    </form>
  );
}
