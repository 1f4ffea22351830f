import type { Metadata } from "next";
import { SetupForm } from "#components/setup/setup-form";
import { PlainPage } from "#components/shell/plain-page";
import { ButtonLink } from "#components/ui/button-link";
import { setupState } from "#lib/settings/queries";

export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

export default async function SetupPage() {
  if ((await setupState()).open) {
    return (
      <PlainPage wide>
        <h1 className="text-2xl tracking-[-.022em]">Set up your token desk</h1>
        <p className="mt-1 mb-6 text-md text-fg-2">
          Two questions now, the rest can wait. You can change both answers later.
        </p>
        <SetupForm />
      </PlainPage>
    );
  }
  return (
    <PlainPage>
      <h1>Latchkey is set up</h1>
      <p className="mt-1 mb-[22px] text-fg-2">
        The first administrator exists, so this page is closed. Administrators add everybody else.
      </p>
      <ButtonLink look="primary" size="lg" block href="/sign-in">
        Sign in
      </ButtonLink>
    </PlainPage>
  );
}
