import type { LucideIcon } from "lucide-react";

const SIZES = { 12: "size-3", 14: "size-3.5", 16: "size-4", 20: "size-5" } as const;

/** An icon beside words. Where it stands alone, the control around it carries the name. */
export function Icon({
  of: Shape,
  size = 16,
  className = "",
}: {
  of: LucideIcon;
  size?: keyof typeof SIZES;
  className?: string;
}) {
  return <Shape aria-hidden="true" strokeWidth={1.75} className={`${SIZES[size]} flex-none ${className}`} />;
}
