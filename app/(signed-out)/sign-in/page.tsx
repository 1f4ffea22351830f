import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PlainPage } from "#components/shell/plain-page";
import { External } from "#components/sign-in/external";
import { externalError } from "#components/sign-in/external-error";
import { returnPath } from "#components/sign-in/return-path";
import { SignInForm } from "#components/sign-in/sign-in-form";
import { Note } from "#components/ui/note";
import { env } from "#lib/env";
import { setupState } from "#lib/settings/queries";
import type { Query } from "../../address";
import { currentViewer } from "../../require-viewer";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const to = returnPath(query.to);
  const again = query.again === "1"; // who is signed in, and is to prove that it is still them
  const [viewer, setup] = await Promise.all([currentViewer(), setupState()]);
  if (viewer && !again) redirect(to);
  const { oidc } = env();
  const error = oidc && externalError(query.error);
  return (
    <PlainPage>
      <h1>Sign in</h1>
      <p className="mt-1 mb-[22px] text-fg-2">To see, make and end your API tokens.</p>
      {setup.open && (
        <div className="mb-4">
          <Note>Nobody has an account yet. Open the set-up link that npm start printed.</Note>
        </div>
      )}
      {error && (
        <div className="mb-4">
          <Note tone="danger" role="alert">
            {error}
          </Note>
        </div>
      )}
      {oidc && (
        <>
          <External name={oidc.name} to={to} again={again} />
          <p className="my-4 flex items-center gap-3 text-sm text-fg-2 before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
            or with a local account
          </p>
        </>
      )}
      <SignInForm to={to} quiet={oidc !== null} />
    </PlainPage>
  );
}
