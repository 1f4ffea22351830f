"use client";
import { useRouter } from "next/navigation";
import { useId } from "react";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { type Answer, fieldError, type Problem } from "../api/problem";
import { request } from "../api/request";
import { emptiesOnce } from "../api/typed-fields";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { notify } from "../ui/notify";

type Named = { readonly id: string; readonly ref: string };

const unknown = (name: string): Problem => ({
  ...{ code: "invalid_input", detail: `There is no local group ${name}.`, requestId: null },
  fields: { group: `There is no local group ${name}.` },
});

/** Looks the group up by its name, then joins it: two questions, because the API names members by the group's id. */
async function join(name: string, username: string): Promise<Answer<Named>> {
  const found = await request<{ items: Named[] }>("GET", `/api/v1/groups?limit=100&q=${encodeURIComponent(name)}`);
  if (!found.ok) return found;
  const group = found.value.items.find(({ ref }) => ref === name);
  if (group === undefined) return { ok: false, problem: unknown(name) };
  return request("PUT", `/api/v1/groups/${group.id}/members`, { users: [username] });
}

/** Puts one user into one more group. */
export function JoinForm({ username }: { username: string }) {
  const id = useId();
  const { refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  return (
    <form
      ref={form}
      className="grid gap-2 border-border border-t p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const empty = emptiesOnce(event.currentTarget);
        const name = String(new FormData(event.currentTarget).get("group") ?? "").trim();
        void send(
          () => join(name, username),
          ({ ref }) => {
            notify({ tone: "done", text: `${username} is in ${ref} now.` });
            empty();
            refresh();
          },
        );
      }}
    >
      <FormError problem={problem} shown={["group"]} />
      <Field id={id} label="Add to a group" error={fieldError(problem, "group")}>
        {(ties) => (
          <span className="flex gap-2">
            <Input {...ties} name="group" required maxLength={100} dir="auto" autoComplete="off" spellCheck={false} />
            <Button type="submit" busy={busy && "Adding …"} className="flex-none max-desk:h-10">
              Add
            </Button>
          </span>
        )}
      </Field>
      <StepUp submit={submit} why="A group gives role, tier and power over tokens of others." />
    </form>
  );
}
