import type { LucideIcon } from "lucide-react";
import { ButtonLink } from "../ui/button-link";
import { Card } from "../ui/card";
import { Icon } from "../ui/icon";

/** How something that waits looks, and where one goes on. */
export type Look = {
  readonly icon: LucideIcon;
  readonly tone: string;
  readonly href: string;
  readonly action: string;
};

type Need = Look & { readonly key: string; readonly title: string; readonly reason: string };

/** What needs somebody today, each with one way on. */
export function NeedsList({ needs }: { needs: readonly Need[] }) {
  if (needs.length === 0) return null;
  return (
    <Card aria-label="What needs you" className="min-w-0">
      <ul className="divide-y divide-border">
        {needs.map(({ key, icon, tone, href, action, title, reason }) => (
          <li key={key} className="flex items-center gap-3.5 px-4 py-2.5">
            <span className={`grid size-8 flex-none place-items-center rounded-md ${tone}`}>
              <Icon of={icon} />
            </span>
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <span className="block font-medium">{title}</span>
              <span className="block text-sm text-fg-2">{reason}</span>
            </span>
            <ButtonLink href={href} aria-label={`${action}: ${title}`}>
              {action}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Card>
  );
}
