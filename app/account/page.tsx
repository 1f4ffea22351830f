import type { Metadata } from "next";
import { PasswordForm } from "#components/account/password-form";
import { roleWords } from "#components/shell/entries";
import { SignOutButton } from "#components/shell/sign-out";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { requireViewer } from "../require-viewer";
import { SignedIn } from "../signed-in";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const viewer = await requireViewer("/account");
  return (
    <SignedIn viewer={viewer} here="account">
      <div className="mx-auto max-w-[760px]">
        <PageHead
          title="Account"
          sentence={[...new Set([viewer.displayName, viewer.username]), roleWords[viewer.role]].join(" · ")}
          help="/help#account"
          actions={<SignOutButton />}
        />
        <Card aria-labelledby="password">
          <CardHead id="password">Change password</CardHead>
          <div className="p-4">
            <PasswordForm username={viewer.username} />
          </div>
        </Card>
      </div>
    </SignedIn>
  );
}
