import type { Explained } from "#lib/verification/queries";
import { letThroughBy, recognisedBy } from "./passing";

export type Choices = {
  readonly gateways: readonly { readonly id: string; readonly key: string }[];
  readonly applications: readonly { readonly id: string; readonly key: string; readonly name: string }[];
};

/** The step that refused; null where the request passes. */
export const failedIn = ({ steps }: Explained) => steps.find(({ outcome }) => outcome === "failed") ?? null;

/** Whether a rule of the application refuses the token, whichever token it is. */
const isOfApplication = (reason: string): boolean => reason.startsWith("identity_") || reason === "upgrade_refused";

/**
 * Where a refusal is mended, or where it says what let a request pass: one place, and only one that this reader may open.
 * @param choices what of gateways and applications they may open; empty for who has no role
 */
export function mendedAt(explained: Explained, choices: Choices): { href: string; label: string } | null {
  const { gateway, application, tokenId } = explained.about;
  const step = failedIn(explained)?.step ?? 0;
  const known = choices.applications.find(({ key }) => key === application);
  if (step === 1) {
    const found = choices.gateways.find(({ key }) => key === gateway);
    return found ? { href: `/admin/gateways/${found.id}`, label: `Gateway ${found.key}` } : null;
  }
  if (step === 4) {
    return choices.applications.length > 0 ? { href: "/admin/applications", label: "Look at the applications" } : null;
  }
  if (step === 5) {
    return choices.applications.length > 0 ? { href: "/admin/settings#limits", label: "Open the settings" } : null;
  }
  const isLet = letThroughBy(explained) !== null || recognisedBy(explained) !== null;
  if (isLet || step === 7 || step === 8 || isOfApplication(explained.reason)) {
    return known ? { href: `/admin/applications/${known.id}`, label: `Rules of ${known.name}` } : null;
  }
  return step >= 9 && tokenId ? { href: `/tokens/${tokenId}`, label: "Open the token" } : null;
}
