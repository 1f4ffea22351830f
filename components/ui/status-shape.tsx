import type { ReactNode } from "react";

export type StatusName =
  | "active"
  | "expiring"
  | "suspended"
  | "expired"
  | "revoked"
  | "denied"
  | "orphaned"
  | "pending"
  | "rotating";

const LINE = { fill: "none", stroke: "currentColor", strokeLinecap: "round", strokeLinejoin: "round" } as const;

/** One shape a status, on a grid of 14: told apart without colour. */
const SHAPES: Record<StatusName, ReactNode> = {
  active: <circle cx="7" cy="7" r="4" fill="currentColor" />,
  expiring: (
    <>
      <circle cx="7" cy="7" r="5.1" {...LINE} strokeWidth="1.7" />
      <path d="M7 4.2V7l1.9 1.2" {...LINE} strokeWidth="1.5" />
    </>
  ),
  suspended: <path d="M3 2.5h2.8v9H3zM8.2 2.5H11v9H8.2z" fill="currentColor" />,
  expired: <circle cx="7" cy="7" r="4.2" {...LINE} strokeWidth="1.7" />,
  revoked: (
    <>
      <circle cx="7" cy="7" r="5.1" {...LINE} strokeWidth="1.7" />
      <path d="M3.6 10.4 10.4 3.6" {...LINE} strokeWidth="1.7" />
    </>
  ),
  denied: <path d="m3.5 3.5 7 7m0-7-7 7" {...LINE} strokeWidth="1.9" />,
  orphaned: (
    <>
      <circle cx="7" cy="4.6" r="2.6" {...LINE} strokeWidth="1.6" strokeDasharray="2.2 1.5" />
      <path d="M2.2 12.2c.4-2.6 2.3-4 4.8-4s4.4 1.4 4.8 4" {...LINE} strokeWidth="1.6" />
    </>
  ),
  pending: <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.4 1.9" />,
  rotating: (
    <path
      d="M11.8 5.4A5.1 5.1 0 0 0 2.6 4.3M2.2 8.6a5.1 5.1 0 0 0 9.2 1.1M2.3 1.8v2.7H5M11.7 12.2V9.5H9"
      {...LINE}
      strokeWidth="1.6"
    />
  ),
};

export function StatusShape({ status, className }: { status: StatusName; className: string }) {
  return (
    <svg viewBox="0 0 14 14" aria-hidden="true" className={`size-3.5 flex-none ${className}`}>
      {SHAPES[status]}
    </svg>
  );
}
