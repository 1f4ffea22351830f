"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { OperationView } from "#lib/operations/operation";
import { request } from "../api/request";
import { timeLeft } from "../tokens/bulk/bulk-words";

const LOOK_MS = 1_000;

/** How far an operation has come, looked at every second until it is over; then the page shows what became of it. */
export function OperationProgress({ operation, now }: { operation: OperationView; now: number }) {
  const { refresh } = useRouter();
  const [seen, setSeen] = useState({ operation, now });
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let here = true;
    const look = async () => {
      const answer = await request<OperationView>("GET", `/api/v1/operations/${operation.id}`);
      if (!here) return;
      setLost(!answer.ok);
      if (answer.ok) setSeen({ operation: answer.value, now: Date.now() });
      if (answer.ok && answer.value.finishedAt !== null) return refresh();
      timer = setTimeout(look, LOOK_MS);
    };
    timer = setTimeout(look, LOOK_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [operation.id, refresh]);
  const { matched, done, refusedCount, createdAt } = seen.operation;
  const handled = done + refusedCount;
  const percent = Math.floor((handled / matched) * 100);
  return (
    <div>
      <div className="mb-1.5 flex justify-between gap-4 text-sm tabular-nums">
        <span className="font-medium">
          {handled.toLocaleString("en")} of {matched.toLocaleString("en")}
        </span>
        <span className="text-fg-3">{timeLeft(handled, matched, seen.now - Date.parse(createdAt))}</span>
      </div>
      <svg
        role="progressbar"
        aria-label="Tokens that have had their turn"
        aria-valuemin={0}
        aria-valuemax={matched}
        aria-valuenow={handled}
        className="block h-1.5 w-full overflow-hidden rounded-full bg-surface-3"
      >
        <rect width={`${percent}%`} height="6" rx="3" className="fill-accent" />
      </svg>
      <p role="status" className="mt-2 text-sm text-fg-2">
        {lost
          ? "How far it is cannot be seen just now; it goes on all the same. This page tries again."
          : "You can leave this page, it goes on."}
      </p>
    </div>
  );
}
