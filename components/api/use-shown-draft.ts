"use client";
import { useState } from "react";
import { useKept } from "./kept";
import { type Submit, useSubmit } from "./use-submit";

/**
 * Sending where what a draft would do is shown first. Once anything else is sent, what was shown is of another draft: it is
 * gone and must not be saved any more; so it is once something else of what it is about was changed. `plain` sends what was
 * shown itself.
 */
export function useShownDraft<T>() {
  const plain = useSubmit();
  const version = useKept()?.version;
  const [shown, setShown] = useState<T | null>(null);
  const [shownOf, setShownOf] = useState(version);
  if (version !== shownOf) {
    setShownOf(version);
    setShown(null);
  }
  const submit: Submit = {
    ...plain,
    send: (ask, done) => {
      if (!plain.busy) setShown(null);
      return plain.send(ask, done);
    },
  };
  const discard = () => {
    setShown(null);
    plain.refuse(null);
  };
  return { plain, submit, shown, setShown, discard };
}
