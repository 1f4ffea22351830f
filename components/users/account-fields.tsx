import { useId } from "react";
import type { UserView } from "#lib/users/view";
import { fieldError, type Problem } from "../api/problem";
import { Disclosure } from "../ui/disclosure";
import { Field } from "../ui/field";
import { Input, TextArea } from "../ui/input";
import { elsewhere } from "./user-form-values";

type Props = {
  user: UserView | null;
  kind: UserView["kind"];
  applications: readonly { readonly key: string; readonly name: string }[];
  problem: Problem | null;
};

const LONGEST = 16_000;

/** What somebody is in, by what other names they go, and who looks after a service account. */
export function AccountFields({ user, kind, applications, problem }: Props) {
  const id = useId();
  const list = (name: string, label: string, hint: string, value: readonly string[], rows = 3) => (
    <Field id={`${id}-${name}`} label={label} optional error={fieldError(problem, name)} hint={hint}>
      {(ties) => (
        <TextArea
          {...ties}
          name={name}
          rows={rows}
          maxLength={LONGEST}
          defaultValue={value.join("\n")}
          dir="auto"
          spellCheck={false}
          autoComplete="off"
        />
      )}
    </Field>
  );
  const isNew = user === null;
  const wrong = fieldError(problem, "aliases") ?? fieldError(problem, "usernames");
  return (
    <>
      {isNew && list("groups", "Groups", "Local groups, one a line. Role and tier follow from them", [], 2)}
      {kind === "service" && (
        <>
          {list(
            "maintainers.users",
            "Maintainers: people",
            "Usernames, one a line. They manage and claim its tokens",
            user?.maintainers.users ?? [],
          )}
          {list("maintainers.groups", "Maintainers: groups", "One a line", user?.maintainers.groups ?? [], 2)}
        </>
      )}
      <Disclosure title="Other names" open={wrong !== undefined || (user?.aliases.length ?? 0) > 0 || undefined}>
        <div className="grid gap-4 px-[18px] pb-4">
          {list(
            "aliases",
            "Aliases",
            "Former names and addresses, one a line: Basic authentication may send them where an application allows it",
            user?.aliases ?? [],
          )}
          {applications.map(({ key, name }) => (
            <Field
              key={key}
              id={`${id}-${key}`}
              label={`Username in ${name}`}
              optional
              error={fieldError(problem, elsewhere(key))}
              hint="Where it differs"
            >
              {(ties) => (
                <Input
                  {...ties}
                  name={elsewhere(key)}
                  maxLength={255}
                  defaultValue={user !== null && Object.hasOwn(user.usernames, key) ? user.usernames[key] : ""}
                  dir="auto"
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
          ))}
        </div>
      </Disclosure>
    </>
  );
}
