"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Enforcement } from "#lib/propagation/enforcement";
import { enforcementSentence } from "../api/enforcement";
import type { Problem } from "../api/problem";
import { request } from "../api/request";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";

type Verb = "revoke" | "suspend" | "resume";
const DONE: Record<Verb, { word: string; place: string }> = {
  revoke: { word: "Revoked.", place: "Stopped" },
  suspend: { word: "Suspended.", place: "Stopped" },
  resume: { word: "Resumed.", place: "Works again" },
};

/**
 * Ends or holds a token, or lets it go on, and says where that holds: in passing when it holds everywhere, otherwise
 * `outcome` stays, because somebody may want to wait for it.
 */
export function useAction(tokenId: string, reader: Reader, close: () => void, refused?: (problem: Problem) => void) {
  const { refresh } = useRouter();
  const [busy, setBusy] = useState<Verb | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const act = async (verb: Verb, body: Record<string, unknown> = {}) => {
    if (busy) return;
    setBusy(verb);
    setProblem(null);
    const answer = await request<{ enforcement?: Enforcement }>(
      "POST",
      `/api/v1/tokens/${encodeURIComponent(tokenId)}/${verb}`,
      body,
    );
    setBusy(null);
    if (!answer.ok) {
      setProblem(answer.problem);
      refused?.(answer.problem);
      return;
    }
    const { enforcement } = answer.value;
    const said = `${DONE[verb].word} ${enforcementSentence(enforcement, DONE[verb].place, reader)}`;
    // resuming has no dialog in which to wait
    if (verb !== "resume" && enforcement && enforcement.outstanding.length > 0) return setOutcome(said);
    notify({ tone: "done", text: said });
    close();
    refresh();
  };
  const leave = () => {
    close();
    if (outcome) refresh();
  };
  return { act, busy, problem, outcome, leave };
}
