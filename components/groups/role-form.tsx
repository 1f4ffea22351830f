"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { GroupView } from "#lib/groups/view";
import type { Role } from "#lib/users/user";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ChoiceCard } from "../ui/choice-card";
import { notify } from "../ui/notify";

type Props = {
  group: Pick<GroupView, "id" | "ref" | "role" | "version">;
  /** What each choice would mean, in a sentence: *12 people become administrators.* */
  means: Readonly<Record<Role, string>>;
};

const CHOICES: readonly { role: Role; title: string; about: string }[] = [
  { role: "user", title: "No role", about: "Its members are what their other groups make them." },
  { role: "auditor", title: "Auditors", about: "They see everything and change nothing." },
  { role: "admin", title: "Administrators", about: "They change everything here, people and roles included." },
];

/** Maps a group to a role, with what that means before it is done. */
export function RoleForm({ group, means }: Props) {
  const now = group.role ?? "user";
  const [role, setRole] = useState<Role>(now);
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const wanted = role === "user" ? null : role;
  return (
    <form
      ref={form}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send(
          () => request("PATCH", `/api/v1/groups/${group.id}`, { version: group.version, role: wanted }),
          () => {
            notify({ tone: "done", text: `Saved. ${means[role]}` });
            refresh();
          },
        );
      }}
    >
      <FormError problem={problem} shown={[]} />
      <fieldset className="grid gap-2">
        <legend className="sr-only">Role of its members</legend>
        {CHOICES.map(({ role: each, title, about }) => (
          <ChoiceCard
            key={each}
            name="role"
            value={each}
            title={title}
            checked={role === each}
            onChange={() => setRole(each)}
          >
            {about}
          </ChoiceCard>
        ))}
      </fieldset>
      <p role="status" className="text-sm text-fg-2">
        {role === now ? "This is how it is." : <b className="text-fg">{means[role]}</b>}
      </p>
      <Button type="submit" disabled={role === now} busy={busy && "Saving …"} className="justify-self-start">
        Map role
      </Button>
      <StepUp submit={submit} why={means[role]} />
    </form>
  );
}
