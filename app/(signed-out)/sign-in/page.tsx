import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PlainPage } from "#components/shell/plain-page";
import { returnPath } from "#components/sign-in/return-path";
import { SignInForm } from "#components/sign-in/sign-in-form";
import { Note } from "#components/ui/note";
import { setupState } from "#lib/settings/queries";
import type { Query } from "../../address";
import { currentViewer } from "../../require-viewer";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const to = returnPath((await searchParams).to);
  const [viewer, setup] = await Promise.all([currentViewer(), setupState()]);
  if (viewer) redirect(to);
  return (
    <PlainPage>
      <h1>Sign in</h1>
      <p className="mt-1 mb-[22px] text-fg-2">To see, make and end your API tokens.</p>
      {setup.open && (
        <div className="mb-4">
          <Note>Nobody has an account yet. Open the set-up link that npm start printed.</Note>
        </div>
      )}
      <SignInForm to={to} />
    </PlainPage>
  );
}
