/** How much of a token's life is over, 0 to 1. Drawn as SVG: a width in a style attribute would need a looser CSP. */
export function LifeBar({ share, tone }: { share: number; tone: "fresh" | "nearly-over" | "over" }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  const fill = { fresh: "fill-st-active-dot", "nearly-over": "fill-st-expiring-dot", over: "fill-st-expired-dot" }[
    tone
  ];
  return (
    <svg
      role="img"
      aria-label={`${percent}% of its life is over`}
      className="block h-1 w-full overflow-hidden rounded-full bg-surface-3"
    >
      <rect width={`${percent}%`} height="4" rx="2" className={fill} />
    </svg>
  );
}
