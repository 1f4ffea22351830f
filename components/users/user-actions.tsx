import { Ban, Pencil, UserCheck } from "lucide-react";
import type { Person } from "#lib/users/person";
import type { Stopping } from "#lib/users/stopping";
import { AskDialog } from "../api/ask-dialog";
import { DeleteDialog } from "../api/delete-dialog";
import { ButtonLink } from "../ui/button-link";
import { Icon } from "../ui/icon";
import { ago, type Reader } from "../ui/time-words";
import { returningWords, stoppingWords } from "./user-words";

type Props = {
  person: Pick<Person, "user" | "traces">;
  stopping: Stopping;
  /** Their own page: nobody deactivates or deletes themselves. */
  self: boolean;
  reader: Reader;
};

/** What an administrator does with a user. Each says first what it means. */
export function UserActions({ person: { user, traces }, stopping, self, reader }: Props) {
  const path = `/api/v1/users/${user.id}` as const;
  const edit = (
    <ButtonLink href={`/admin/users/${user.id}/edit`} look={user.deactivatedAt === null ? "primary" : "secondary"}>
      <Icon of={Pencil} />
      Change
    </ButtonLink>
  );
  const remove = traces.length === 0 && !self && (
    <DeleteDialog path={path} what={user.username} after="/admin/users">
      Nothing was ever done with this account, so it can be deleted. The audit log keeps that it was there.
    </DeleteDialog>
  );
  if (user.deactivatedAt !== null) {
    return (
      <>
        {remove}
        {edit}
        <AskDialog
          label={
            <>
              <Icon of={UserCheck} />
              Reactivate
            </>
          }
          look={{ look: "primary" }}
          title={`Reactivate ${user.username}?`}
          method="POST"
          path={`${path}/reactivate`}
          confirm="Reactivate"
          busy="Reactivating …"
          keep="Leave it"
          done={`Reactivated ${user.username}.`}
          verb="In force"
          reader={reader}
        >
          {returningWords(stopping)}
        </AskDialog>
      </>
    );
  }
  const lastUsed = stopping.lastUsedAt === null ? null : ago(Date.parse(stopping.lastUsedAt), reader);
  const stops = stoppingWords(stopping, lastUsed);
  return (
    <>
      {remove}
      {!self && (
        <AskDialog
          label={
            <>
              <Icon of={Ban} />
              Deactivate
            </>
          }
          look={{ look: "secondary-red" }}
          title={`Deactivate ${user.username}?`}
          method="POST"
          path={`${path}/deactivate`}
          confirm="Deactivate"
          busy="Deactivating …"
          keep="Leave it active"
          danger
          done={`Deactivated ${user.username}.`}
          verb="Stopped"
          reader={reader}
        >
          {stops.length === 0 ? (
            "Nothing of theirs is in use. They cannot sign in any more."
          ) : (
            <>
              <p>This stops at once:</p>
              <ul className="mt-1 list-disc pl-5">
                {stops.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </>
          )}
          <p className="mt-2">Nothing is lost: reactivated, their tokens work again until they end.</p>
        </AskDialog>
      )}
      {edit}
    </>
  );
}
