import type { Metadata } from "next";
import { PasswordForm } from "#components/account/password-form";
import { ProfileForm } from "#components/account/profile-form";
import { ReadingCard } from "#components/account/reading-card";
import { SessionsCard } from "#components/account/sessions-card";
import { KeepTyped } from "#components/api/keep-typed";
import { FactorsCard } from "#components/factors/factors-card";
import { roleWords } from "#components/shell/entries";
import { SignOutButton } from "#components/shell/sign-out";
import { Card, CardHead } from "#components/ui/card";
import { PageHead } from "#components/ui/page-head";
import { listOwnFactors } from "#lib/factors/queries";
import { listOwnSessions } from "#lib/sessions/queries";
import { findMe } from "#lib/users/queries";
import { readReader, readTheme } from "../reader";
import { signedInPage } from "../signed-in-page";

export const metadata: Metadata = { title: "Account" };

export default signedInPage({
  path: "/account",
  may: "everybody",
  find: async ({ viewer }) => {
    const [factors, me] = await Promise.all([listOwnFactors(viewer), findMe(viewer)]);
    if (!factors.ok || !me.ok) return null;
    return { factors: factors.value, me: me.value, sessions: await listOwnSessions(viewer) };
  },
  here: "account",
  width: "narrow",
  draw: async ({ viewer, found: { factors, me, sessions } }) => {
    const reader = await readReader();
    return (
      <>
        <PageHead
          title="Account"
          sentence={[...new Set([viewer.displayName, viewer.username]), roleWords[viewer.role]].join(" · ")}
          help="/help#account"
          actions={<SignOutButton />}
        />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <Card aria-labelledby="profile">
            <CardHead id="profile">You</CardHead>
            <KeepTyped of={me}>
              <ProfileForm me={me} />
            </KeepTyped>
          </Card>
          <FactorsCard factors={factors} reader={reader} />
          <SessionsCard sessions={sessions.items} reader={reader} />
          <Card aria-labelledby="password">
            <CardHead id="password">Change password</CardHead>
            <div className="p-4">
              <PasswordForm username={viewer.username} />
            </div>
          </Card>
          <ReadingCard theme={await readTheme()} zone={reader.zone} />
        </div>
      </>
    );
  },
});
