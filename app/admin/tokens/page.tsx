import type { Metadata } from "next";
import { Suspense } from "react";
import { ListSearch } from "#components/shell/list-search";
import { managerState } from "#components/tokens/manager/filter";
import { ManagerViews } from "#components/tokens/manager/views";
import { PageHead } from "#components/ui/page-head";
import { SkeletonRows } from "#components/ui/skeleton";
import { addressWithQuery, type Query } from "../../address";
import { requireAbility } from "../../require-viewer";
import { SignedIn } from "../../signed-in";
import { TokenPage } from "./token-page";

export const metadata: Metadata = { title: "Token manager" };

export default async function TokenManagerPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const viewer = await requireAbility("tokens.read-all", addressWithQuery("/admin/tokens", query));
  const state = managerState(query);
  return (
    <SignedIn viewer={viewer} here="manager" wide>
      <div className="flex flex-col pt-[18px] desk:h-dvh">
        <div className="page-pad">
          <div className="-mb-2.5">
            <PageHead title="Token manager" help="/help#manager" />
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
          <TokenPage viewer={viewer} state={state} />
        </Suspense>
      </div>
    </SignedIn>
  );
}

function Loading() {
  return (
    <div className="flex-1 border-border border-t bg-surface">
      <SkeletonRows rows={10} label="Tokens are being loaded" />
    </div>
  );
}
