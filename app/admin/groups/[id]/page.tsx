import type { Metadata } from "next";
import { DeleteDialog } from "#components/api/delete-dialog";
import { KeepTyped } from "#components/api/keep-typed";
import { GroupForm } from "#components/groups/group-form";
import { sourceWords } from "#components/groups/group-words";
import { RoleForm } from "#components/groups/role-form";
import { UsesCard } from "#components/groups/uses-card";
import { Card, CardHead } from "#components/ui/card";
import { single } from "#components/ui/list-address";
import { PageHead } from "#components/ui/page-head";
import { can } from "#lib/access/can";
import { findGroup } from "#lib/groups/queries-group";
import { roleChange } from "#lib/groups/role-change";
import { usesInWords } from "#lib/groups/uses";
import { signedInPage } from "../../../signed-in-page";
import { Members } from "./members";

export const metadata: Metadata = { title: "Group" };

export default signedInPage({
  path: "/admin/groups/[id]",
  may: "groups.read",
  find: ({ viewer, params }) => findGroup(viewer, params.id),
  here: "people",
  draw: ({ viewer, found: { group, uses, membersByRole }, query }) => {
    const named = usesInWords(uses);
    const mayWrite = can(viewer, "groups.write");
    const local = group.source === "local";
    const role = group.role ?? "user";
    const means = {
      user: roleChange(membersByRole, role, "user"),
      auditor: roleChange(membersByRole, role, "auditor"),
      admin: roleChange(membersByRole, role, "admin"),
    };
    const count = group.memberCount === 1 ? "1 member" : `${group.memberCount.toLocaleString("en")} members`;
    return (
      <>
        <PageHead
          title={group.name}
          sentence={`${sourceWords(group.source)} · ${count}${local ? "" : ` · written as ${group.ref}`}`}
          crumb={{ href: "/admin/groups", label: "Groups" }}
          help="/help#group"
          actions={
            mayWrite &&
            local &&
            named.length === 0 && (
              <DeleteDialog path={`/api/v1/groups/${group.id}`} what={`the group ${group.name}`} after="/admin/groups">
                Nothing names it, so nobody loses a right.{" "}
                {group.memberCount > 0 && `Its ${count} stay, without it. Who they were is gone then.`}
              </DeleteDialog>
            )
          }
        />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 desk:grid-cols-[1.2fr_1fr]">
          <Members
            viewer={viewer}
            group={group}
            mayWrite={mayWrite}
            state={{ q: single(query.q), cursor: single(query.cursor) }}
          />
          <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
            <UsesCard uses={named} />
            {mayWrite && (
              <Card aria-labelledby="role">
                <CardHead id="role">Role of its members</CardHead>
                <div className="p-4">
                  <KeepTyped of={{ version: group.version, role }}>
                    <RoleForm group={group} means={means} />
                  </KeepTyped>
                </div>
              </Card>
            )}
            {mayWrite && local && (
              <Card aria-labelledby="name">
                <CardHead id="name">Name</CardHead>
                <div className="p-4">
                  <KeepTyped of={{ version: group.version, name: group.name }}>
                    <GroupForm group={group} />
                  </KeepTyped>
                </div>
              </Card>
            )}
          </div>
        </div>
      </>
    );
  },
});
