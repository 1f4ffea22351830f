import type { Person } from "#lib/users/person";
import { Card, CardHead } from "../ui/card";
import { Fact, Facts, None } from "../ui/facts";
import { Time } from "../ui/time";
import { ago, dayAndYearOf, type Reader } from "../ui/time-words";
import { kindWords } from "./user-words";

type Props = {
  person: Person;
  applications: readonly { readonly key: string; readonly name: string }[];
  reader: Reader;
};

/** Who somebody is. */
export function UserFacts({ person: { user, maintained, orphaned }, applications, reader }: Props) {
  const elsewhere = Object.entries(user.usernames);
  const nameOf = (key: string) => applications.find((each) => each.key === key)?.name ?? key;
  const maintainers = [...user.maintainers.users, ...user.maintainers.groups.map((ref) => `group ${ref}`)];
  return (
    <Card aria-labelledby="facts">
      <CardHead id="facts">Account</CardHead>
      <Facts>
        <Fact name="Kind">{kindWords(user)}</Fact>
        <Fact name="E-mail">{user.email ?? <None>None</None>}</Fact>
        <Fact name="Comes from">{user.source === "local" ? "Made here" : `The directory ${user.source}`}</Fact>
        <Fact name="Made">
          <Time at={user.createdAt} reader={reader}>
            {dayAndYearOf(Date.parse(user.createdAt), reader)}
          </Time>
        </Fact>
        <Fact name="Last sign-in">
          {user.kind === "service" ? (
            <None>Cannot sign in</None>
          ) : user.lastSignInAt === null ? (
            <None>Never</None>
          ) : (
            <Time at={user.lastSignInAt} reader={reader}>
              {ago(Date.parse(user.lastSignInAt), reader)}
            </Time>
          )}
        </Fact>
        <Fact name="Aliases">
          {user.aliases.length === 0 ? <None>None</None> : <bdi>{user.aliases.join(", ")}</bdi>}
        </Fact>
        {elsewhere.length > 0 && (
          <Fact name="Called elsewhere">{elsewhere.map(([key, name]) => `${name} in ${nameOf(key)}`).join(", ")}</Fact>
        )}
        {user.kind === "service" && (
          <Fact name="Maintainers">
            {maintainers.length === 0 ? <None>Nobody</None> : maintainers.join(", ")}
            {orphaned && maintainers.length > 0 && " (none of them is active)"}
          </Fact>
        )}
        {maintained.length > 0 && <Fact name="Maintains">{maintained.map(({ username }) => username).join(", ")}</Fact>}
      </Facts>
    </Card>
  );
}
