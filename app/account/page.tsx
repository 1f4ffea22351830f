import type { Metadata } from "next";
import { PasswordForm } from "#components/account/password-form";
import { roleWords } from "#components/shell/entries";
import { SignOutButton } from "#components/shell/sign-out";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { nothingToFind, signedInPage } from "../signed-in-page";

export const metadata: Metadata = { title: "Account" };

export default signedInPage({
  path: "/account",
  may: "everybody",
  find: nothingToFind,
  here: "account",
  width: "narrow",
  draw: ({ viewer }) => (
    <>
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
    </>
  ),
});
