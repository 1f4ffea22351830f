"use client";
import { useEffect, useState } from "react";
import { request } from "../api/request";
import { askingFor, type Goals, goalsOf, LEAST, mayBeAsked, type Seeker, sourcesFor } from "./sought";

const PAUSE_MS = 150;

type Found = { readonly for: string; readonly goals: readonly Goals[]; readonly failed: boolean };

/** Asks the API for what was typed, when somebody pauses; an answer to what is no longer asked is not heard. */
export function useFound(typed: string, seeker: Seeker): { goals: readonly Goals[]; busy: boolean; failed: boolean } {
  const asked = typed.trim();
  const worth = asked.length >= LEAST && mayBeAsked(asked);
  const [found, setFound] = useState<Found>({ for: "", goals: [], failed: false });
  const { role, manages } = seeker;
  useEffect(() => {
    if (!worth) return;
    let current = true;
    const timer = setTimeout(async () => {
      const sources = sourcesFor({ role, manages });
      const answers = await Promise.all(sources.map((source) => request<unknown>("GET", askingFor(source, asked))));
      const goals = sources.map((source, at) => {
        const answer = answers[at];
        return goalsOf(source, answer?.ok ? answer.value : null);
      });
      if (current) setFound({ for: asked, goals, failed: answers.every((answer) => !answer.ok) });
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, worth, role, manages]);
  const there = worth && found.for === asked;
  return { goals: there ? found.goals : [], busy: worth && !there, failed: there && found.failed };
}
