import type { Metadata } from "next";
import { Suspense } from "react";
import { Card } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { SkeletonRows } from "#components/ui/skeleton";
import { requireViewer } from "../require-viewer";
import { SignedIn } from "../signed-in";
import { MyTokens } from "./my-tokens";

export const metadata: Metadata = { title: "My tokens" };

export default async function MyTokensPage() {
  const viewer = await requireViewer("/tokens");
  return (
    <SignedIn viewer={viewer} here="tokens">
      <div className="mx-auto max-w-[1064px]">
        <Suspense fallback={<Loading />}>
          <MyTokens viewer={viewer} />
        </Suspense>
      </div>
    </SignedIn>
  );
}

function Loading() {
  return (
    <>
      <PageHead
        title="My tokens"
        sentence="One token for each thing that talks to an application for you."
        help="/help#my-tokens"
      />
      <Card>
        <SkeletonRows label="Your tokens are being loaded" />
      </Card>
    </>
  );
}
