"use client";
import { useEffect, useState } from "react";
import { request } from "../api/request";
import { FindDialog } from "../tokens/manager/find-dialog";
import type { ApplicationName } from "../tokens/token-words";

/** *Find by secret* from wherever somebody is, with what they pasted into the palette. */
export function FoundSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const [applications, setApplications] = useState<readonly ApplicationName[]>([]);
  useEffect(() => {
    void request<{ items: readonly ApplicationName[] }>("GET", "/api/v1/applications?limit=100").then(
      (answer) => answer.ok && setApplications(answer.value.items),
    );
  }, []);
  const [reader] = useState(() => ({ now: Date.now(), zone: Intl.DateTimeFormat().resolvedOptions().timeZone }));
  return <FindDialog applications={applications} reader={reader} pasted={secret} onClose={onClose} />;
}
