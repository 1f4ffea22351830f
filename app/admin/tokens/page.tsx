import type { Metadata } from "next";
import { Suspense } from "react";
import { ListSearch } from "#components/shell/list-search";
import { managerState, managerTitle } from "#components/tokens/manager/filter";
import { ManagerViews } from "#components/tokens/manager/views";
import { PageHead } from "#components/ui/page-head";
import { SkeletonRows } from "#components/ui/skeleton";
import { managesTokens } from "#lib/tokens/queries-managed";
import { nothingToFind, signedInPage } from "../../signed-in-page";
import { ManagedTokens } from "./managed-tokens";

export const metadata: Metadata = { title: "Token manager" };

const OTHERS = "Of whom your delegations cover, and of the service accounts that you maintain.";

export default signedInPage({
  path: "/admin/tokens",
  may: managesTokens,
  find: nothingToFind,
  here: "manager",
  width: "full",
  draw: ({ viewer, query }) => {
    const state = managerState(query);
    return (
      <div className="flex flex-col pt-[18px] desk:h-dvh">
        <div className="page-pad">
          <div className="-mb-2.5">
            <PageHead
              title={managerTitle(viewer.role)}
              sentence={viewer.role === "user" && OTHERS}
              help="/help#manager"
            />
          </div>
          <ManagerViews current={state.view.key} q={state.q} />
          <div className="py-2.5">
            <ListSearch
              key={state.q}
              action="/admin/tokens"
              q={state.q}
              label="Search tokens"
              placeholder="Name, hint, owner, contact, label"
              keep={{ view: state.view.key === "not-ended" ? "" : state.view.key }}
            />
          </div>
        </div>
        <Suspense key={JSON.stringify(state)} fallback={<Loading />}>
          <ManagedTokens viewer={viewer} state={state} />
        </Suspense>
      </div>
    );
  },
});

function Loading() {
  return (
    <div className="flex-1 border-border border-t bg-surface">
      <SkeletonRows rows={10} label="Tokens are being loaded" />
    </div>
  );
}
