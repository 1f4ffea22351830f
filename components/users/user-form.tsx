"use client";
import { useRouter } from "next/navigation";
import type { UserView } from "#lib/users/view";
import { StepUp } from "../account/step-up";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { useSubmit } from "../api/use-submit";
import { Button } from "../ui/button";
import { ButtonLink } from "../ui/button-link";
import { notify } from "../ui/notify";
import { AccountFields } from "./account-fields";
import { UserFields } from "./user-fields";
import { readUserForm, SHOWN } from "./user-form-values";

type Props = {
  /** Null: a new one. */
  user: UserView | null;
  kind: UserView["kind"];
  /** Where a username may differ. */
  applications: readonly { readonly key: string; readonly name: string }[];
};

/** Makes a person or a service account, or changes one. */
export function UserForm({ user, kind, applications }: Props) {
  const { push, refresh } = useRouter();
  const submit = useSubmit();
  const { busy, problem, form, send } = submit;
  const save = (data: FormData) =>
    send<UserView>(
      () => {
        const body = readUserForm(data, kind, user === null);
        return user === null
          ? request("POST", "/api/v1/users", { ...body, kind })
          : request("PATCH", `/api/v1/users/${user.id}`, { ...body, version: user.version });
      },
      ({ id, username }) => {
        notify({ tone: "done", text: user === null ? `Made ${username}.` : "Saved." });
        push(`/admin/users/${id}`);
        refresh();
      },
    );
  return (
    <form
      ref={form}
      className="grid max-w-[560px] gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save(new FormData(event.currentTarget));
      }}
    >
      <FormError problem={problem} shown={SHOWN} />
      <UserFields user={user} kind={kind} problem={problem} />
      <AccountFields user={user} kind={kind} applications={applications} problem={problem} />
      <div className="flex gap-2 max-desk:*:flex-1">
        <Button type="submit" look="primary" busy={busy && "Saving …"}>
          {user === null ? (kind === "person" ? "Make person" : "Make service account") : "Save"}
        </Button>
        <ButtonLink look="quiet" href={user === null ? "/admin/users" : `/admin/users/${user.id}`}>
          Cancel
        </ButtonLink>
      </div>
      <StepUp submit={submit} why="Groups give power, and names say whose token a request carries." />
    </form>
  );
}
