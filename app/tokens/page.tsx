import type { Metadata } from "next";
import { Suspense } from "react";
import { Card } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { SkeletonRows } from "#components/ui/skeleton";
import { nothingToFind, signedInPage } from "../signed-in-page";
import { MyTokens } from "./my-tokens";

export const metadata: Metadata = { title: "My tokens" };

export default signedInPage({
  path: "/tokens",
  may: "everybody",
  find: nothingToFind,
  here: "tokens",
  draw: ({ viewer }) => (
    <Suspense fallback={<Loading />}>
      <MyTokens viewer={viewer} />
    </Suspense>
  ),
});

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
