import { type StatusName, StatusShape } from "./status-shape";

const LOOKS: Record<StatusName, { word: string; text: string; dot: string; pill: string }> = {
  active: {
    word: "Active",
    text: "text-st-active-fg",
    dot: "text-st-active-dot",
    pill: "border-st-active-line bg-st-active-bg",
  },
  expiring: {
    word: "Expiring",
    text: "text-st-expiring-fg",
    dot: "text-st-expiring-dot",
    pill: "border-st-expiring-line bg-st-expiring-bg",
  },
  suspended: {
    word: "Suspended",
    text: "text-st-suspended-fg",
    dot: "text-st-suspended-dot",
    pill: "border-st-suspended-line bg-st-suspended-bg",
  },
  expired: {
    word: "Expired",
    text: "text-st-expired-fg",
    dot: "text-st-expired-dot",
    pill: "border-st-expired-line bg-st-expired-bg",
  },
  revoked: {
    word: "Revoked",
    text: "text-st-revoked-fg",
    dot: "text-st-revoked-dot",
    pill: "border-st-revoked-line bg-st-revoked-bg",
  },
  denied: {
    word: "Denied",
    text: "text-st-revoked-fg",
    dot: "text-st-revoked-dot",
    pill: "border-st-revoked-line bg-st-revoked-bg",
  },
  orphaned: {
    word: "Orphaned",
    text: "text-st-orphaned-fg",
    dot: "text-st-orphaned-dot",
    pill: "border-st-orphaned-line bg-st-orphaned-bg",
  },
  pending: {
    word: "Pending",
    text: "text-st-pending-fg",
    dot: "text-st-pending-dot",
    pill: "border-dashed border-st-pending-line bg-st-pending-bg",
  },
  rotating: {
    word: "Rotating",
    text: "text-st-rotating-fg",
    dot: "text-st-rotating-dot",
    pill: "border-st-rotating-line bg-st-rotating-bg",
  },
};

/** A shape, then a word, then a colour that only repeats them. In tables the word is for screen readers and on hover. */
export function Status({ status, as = "line" }: { status: StatusName; as?: "line" | "pill" | "shape" }) {
  const { word, text, dot, pill } = LOOKS[status];
  if (as === "shape") {
    return (
      <span title={word} className="inline-flex flex-none">
        <StatusShape status={status} className={dot} />
        <span className="sr-only">{word}</span>
      </span>
    );
  }
  const frame = as === "pill" ? `h-6 rounded-full border pr-[9px] pl-[7px] text-xs font-medium ${pill}` : "text-sm";
  return (
    <span className={`inline-flex flex-none items-center gap-1.5 whitespace-nowrap ${text} ${frame}`}>
      <StatusShape status={status} className={dot} />
      {word}
    </span>
  );
}
