import { Layers, type LucideIcon, TriangleAlert, UserCog } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon";

const SOURCES: Record<"tier" | "delegation" | "approval", LucideIcon> = {
  tier: Layers,
  delegation: UserCog,
  approval: TriangleAlert,
};

/** A sentence with its source: *At most 90 days: tier Developers, because you are in jira-developers.* */
export function Sourced({ by, icon, children }: { by?: keyof typeof SOURCES; icon?: LucideIcon; children: ReactNode }) {
  return (
    <p className="mt-[9px] flex gap-1.5 text-sm leading-5 text-fg-2 [&_b]:text-fg">
      <Icon of={icon ?? SOURCES[by ?? "tier"]} size={14} className="mt-[3px] text-fg-3" />
      <span className="min-w-0">{children}</span>
    </p>
  );
}
