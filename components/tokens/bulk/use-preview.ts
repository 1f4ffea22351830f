"use client";
import { useEffect, useState } from "react";
import type { BulkPreview } from "#lib/tokens/bulk/preview";
import type { Problem } from "../../api/problem";
import { request } from "../../api/request";

type Seen = { readonly body: string; readonly preview: BulkPreview | null; readonly problem: Problem | null };

/**
 * What doing it would do, asked anew whenever what is wished changes.
 * @param wish the body of the request; null while it is not whole
 * @param again another number asks once more
 */
export function usePreview(wish: object | null, again: number): Omit<Seen, "body"> & { readonly waiting: boolean } {
  const [seen, setSeen] = useState<Seen>({ body: "", preview: null, problem: null });
  const body = wish === null ? "" : JSON.stringify([wish, again]);
  useEffect(() => {
    if (body === "") return;
    let here = true;
    const [asked]: [object] = JSON.parse(body);
    void request<BulkPreview>("POST", "/api/v1/admin/tokens/bulk", { ...asked, dryRun: true }).then((answer) => {
      if (!here) return;
      setSeen(
        answer.ok ? { body, preview: answer.value, problem: null } : { body, preview: null, problem: answer.problem },
      );
    });
    return () => {
      here = false;
    };
  }, [body]);
  const current = seen.body === body && body !== "";
  const { preview, problem } = current ? seen : { preview: null, problem: null };
  return { preview, problem, waiting: body !== "" && !current };
}
