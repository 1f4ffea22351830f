"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import { enforcementSentence } from "../../api/enforcement";
import { request } from "../../api/request";
import { useSubmit } from "../../api/use-submit";
import { notify } from "../../ui/notify";
import type { Reader } from "../../ui/time-words";

type Verb = "revoke" | "suspend" | "resume";

const DONE: Record<Verb, { word: string; place: string }> = {
  revoke: { word: "Revoked.", place: "Stopped" },
  suspend: { word: "Suspended.", place: "Stopped" },
  resume: { word: "Resumed.", place: "Works again" },
};

/**
 * Ends or holds a token, or lets it go on, and says where that holds: in passing when it holds everywhere, otherwise
 * `outcome` stays, because somebody may want to wait for it. (Resuming has no dialog to wait in.)
 */
export function useAction(tokenId: string, reader: Reader, close: () => void) {
  const { refresh } = useRouter();
  const { busy, problem, form, send } = useSubmit();
  const [verb, setVerb] = useState<Verb | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const act = (wanted: Verb, body: Record<string, unknown> = {}) => {
    if (busy) return;
    setVerb(wanted);
    const path = `/api/v1/tokens/${encodeURIComponent(tokenId)}/${wanted}` as const;
    void send<{ enforcement?: Enforcement }>(
      () => request("POST", path, body),
      ({ enforcement }) => {
        const said = `${DONE[wanted].word} ${enforcementSentence(enforcement, DONE[wanted].place, reader)}`;
        if (wanted !== "resume" && enforcement && enforcement.outstanding.length > 0) return setOutcome(said);
        notify({ tone: "done", text: said });
        close();
        refresh();
      },
    );
  };
  const leave = () => {
    close();
    if (outcome !== null) refresh();
  };
  return { act, busy: busy ? verb : null, problem, form, outcome, leave };
}
