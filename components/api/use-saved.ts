"use client";
import { useRouter } from "next/navigation";
import type { Enforcement } from "#lib/propagation/enforcement";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";
import { enforcementSentence } from "./enforcement";

type Saved = { readonly enforcement?: Enforcement | undefined };

/**
 * What a form says when it is saved, and where it goes: what was made is found in its list, what was changed stays in
 * view. Where the change holds already is said too.
 */
export function useSaved(reader: Reader) {
  const { push, refresh } = useRouter();
  const say = (what: string, { enforcement }: Saved) =>
    notify({ tone: "done", text: `${what} ${enforcementSentence(enforcement, "In force", reader)}` });
  return {
    /** @param what as a sentence: *Made the network office.* */
    made: (what: string, saved: Saved, next: string) => {
      say(what, saved);
      push(next);
      refresh();
    },
    changed: (saved: Saved) => {
      say("Saved.", saved);
      refresh();
    },
  };
}
