import type { Metadata } from "next";
import { PlainPage } from "#components/shell/plain-page";
import { ButtonLink } from "#components/ui/button-link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PlainPage>
      <h1 data-keep="">There is nothing here</h1>
      <p className="mt-1 mb-[22px] text-fg-2">The address may be mistyped, or what was here is not yours to see.</p>
      <ButtonLink look="primary" size="lg" block href="/tokens">
        Go to my tokens
      </ButtonLink>
    </PlainPage>
  );
}
