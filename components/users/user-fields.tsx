import { useId } from "react";
import type { UserView } from "#lib/users/view";
import { fieldError, type Problem } from "../api/problem";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Props = { user: UserView | null; kind: UserView["kind"]; problem: Problem | null };

/** Who somebody is. What a directory delivers is shown, and changed there. */
export function UserFields({ user, kind, problem }: Props) {
  const id = useId();
  const foreign = user !== null && user.source !== "local";
  const delivered = foreign ? `Comes from the directory ${user.source}` : undefined;
  const person = kind === "person";
  return (
    <>
      <Field
        id={`${id}-username`}
        label="Username"
        error={fieldError(problem, "username")}
        hint={
          delivered ??
          (user === null
            ? "As programs send it: name and token"
            : "After a change the old one stays an alias, so that scripts that send it go on")
        }
      >
        {(ties) => (
          <Input
            {...ties}
            name="username"
            required
            maxLength={255}
            defaultValue={user?.username}
            readOnly={foreign}
            dir="auto"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        id={`${id}-displayName`}
        label={person ? "Name" : "What it is"}
        optional
        error={fieldError(problem, "displayName")}
        hint={delivered ?? "As people read it; without, the username"}
      >
        {(ties) => (
          <Input
            {...ties}
            name="displayName"
            maxLength={200}
            defaultValue={user?.displayName}
            readOnly={foreign}
            dir="auto"
            autoComplete="off"
          />
        )}
      </Field>
      <Field id={`${id}-email`} label="E-mail" optional error={fieldError(problem, "email")} hint={delivered}>
        {(ties) => (
          <Input
            {...ties}
            name="email"
            type="email"
            maxLength={254}
            defaultValue={user?.email ?? ""}
            readOnly={foreign}
            autoComplete="off"
          />
        )}
      </Field>
      {person && user === null && (
        <Field
          id={`${id}-password`}
          label="Password"
          optional
          error={fieldError(problem, "password")}
          hint="Leave it empty where an identity provider signs people in. At least 15 characters; tell it to them in person"
        >
          {(ties) => <Input {...ties} name="password" type="password" maxLength={128} autoComplete="new-password" />}
        </Field>
      )}
    </>
  );
}
