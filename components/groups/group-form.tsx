"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import type { GroupView } from "#lib/groups/view";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { fieldError } from "../api/problem";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { notify } from "../ui/notify";

/** Makes a local group, or gives one another name. */
export function GroupForm({ group }: { group: Pick<GroupView, "id" | "name" | "version"> | null }) {
  const id = useId();
  const { push, refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const save = (name: string) =>
    send<GroupView>(
      () =>
        group === null
          ? request("POST", "/api/v1/groups", { name })
          : request("PATCH", `/api/v1/groups/${group.id}`, { name, version: group.version }),
      (saved) => {
        notify({ tone: "done", text: group === null ? `Made the group ${saved.name}.` : "Saved." });
        if (group === null) push(`/admin/groups/${saved.id}`);
        refresh();
      },
    );
  return (
    <form
      ref={form}
      className="grid max-w-[520px] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save(String(new FormData(event.currentTarget).get("name") ?? ""));
      }}
    >
      <FormError problem={problem} shown={["name"]} />
      <Field
        id={id}
        label="Name"
        error={fieldError(problem, "name")}
        hint={
          group === null
            ? "As tiers and delegations will name it. No colon: that is how a directory’s groups are written"
            : "What names the group here goes on naming it; scripts that name it have to follow"
        }
      >
        {(ties) => (
          <Input
            {...ties}
            name="name"
            required
            maxLength={100}
            defaultValue={group?.name}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <div className="flex gap-2 max-desk:*:flex-1">
        <Button type="submit" look={group === null ? "primary" : "secondary"} busy={busy && "Saving …"}>
          {group === null ? "Make group" : "Rename"}
        </Button>
        {group === null && (
          <ButtonLink look="quiet" href="/admin/groups">
            Cancel
          </ButtonLink>
        )}
      </div>
      <StepUp submit={submit} why="Groups decide who may do what." />
    </form>
  );
}
