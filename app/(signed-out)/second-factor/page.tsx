import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { FirstFactor } from "#components/factors/first-factor";
import { PlainPage } from "#components/shell/plain-page";
import { SignOutButton } from "#components/shell/sign-out";
import { returnPath } from "#components/sign-in/return-path";
import { Note } from "#components/ui/note";
import { TextLink } from "#components/ui/text-link";
import { mustProve } from "#lib/access/second-factor";
import { listOwnFactors } from "#lib/factors/queries";
import type { Query } from "../../address";
import { currentViewer } from "../../require-viewer";

export const metadata: Metadata = { title: "Second factor" };

/** All that somebody sees whose role needs a second factor, until they have one. */
export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<Query> }) {
  const to = returnPath((await searchParams).to);
  const viewer = await currentViewer();
  if (viewer === null) redirect("/sign-in");
  if (!mustProve(viewer)) redirect(to);
  const factors = await listOwnFactors(viewer);
  const has = factors.ok && factors.value.items.length > 0;
  return (
    <PlainPage wide>
      <h1 className="text-2xl tracking-[-.022em]">Add a second factor</h1>
      <p className="mt-1 mb-6 text-md text-pretty text-fg-2">
        You can do more than others here, so your password alone is not enough. This takes a minute.{" "}
        <TextLink href="/help#second-factor">Why, and which one?</TextLink>
      </p>
      {has ? (
        <Note tone="warning">You have one already. Sign out, and sign in again with it.</Note>
      ) : (
        <FirstFactor to={to} />
      )}
      <div className="mt-4">
        <SignOutButton />
      </div>
    </PlainPage>
  );
}
