import { Section } from "./section";

/** For who administers people and groups. */
export function AboutPeople() {
  return (
    <>
      <Section id="people" title="People and service accounts (administrators, auditors)">
        <p>
          The lists find people and service accounts by name, kind, role, group and status. <i>Without maintainer</i>{" "}
          shows accounts whose tokens nobody could claim.
        </p>
        <p id="new-person">
          <b>Someone new</b> needs a username, and groups: without one that a tier names they may have no token. A
          service account cannot sign in; name who maintains it.
        </p>
        <p id="person">
          A person’s page says what they may do and by what: the group that gives a role, the policy that is their tier
          and why, what else matches but stands below, and who has power over their tokens.
        </p>
        <p>
          <b>Deactivating</b> somebody stops their tokens and sessions at once and loses nothing; before, it says how
          many tokens stop, when they were used last, and which service accounts nobody would maintain any more.
          Reactivated, their tokens work again until they end. Only an account with which nothing was ever done can be
          deleted.
        </p>
        <p>
          <b>Sessions</b> end there one by one or all together; tokens go on. <b>Second factor</b>, <i>Reset</i> is for
          who lost phone and recovery codes: see first that it is them, because until they add another one their
          password alone signs in.
        </p>
        <p id="edit-person">
          After a change of <b>username</b> the old one stays an alias. Basic authentication may send an alias only
          where the application allows it.
        </p>
        <p>
          A <b>service account</b> is a program that is nobody’s. It cannot sign in; its maintainers, people or groups,
          manage and claim its tokens. One without anybody active who maintains it is marked: filter for{" "}
          <i>nobody maintains it</i>.
        </p>
      </Section>
      <Section id="groups" title="Groups and roles (administrators, auditors)">
        <p>
          Tiers, delegations, roles and service accounts name groups; the list says how many do. Who is in a directory’s
          group its directory says; such a group is written <code>source:name</code>, so that it is never taken for a
          local one of the same name.
        </p>
        <p id="new-group">
          A <b>new group</b> gives nothing yet. Put people in it, then name it in a tier, a delegation or a role.
        </p>
        <p id="group">
          A group’s page says what it gives and who is in it, since when and by whom. A <b>role</b> is mapped to a
          group, never given by a name. Before saving it says what the mapping means:{" "}
          <i>12 people become administrators</i>. The last administrator always stays.
        </p>
        <p>
          While anything names a group it cannot be deleted: a tier without its last group would match nobody. Take it
          out there first.
        </p>
      </Section>
    </>
  );
}
