"use client";
import { useState } from "react";
import { type Submit, useSubmit } from "./use-submit";

/**
 * Sending where what a draft would do is shown first. Once anything else is sent, what was shown is of another draft: it is
 * gone and must not be saved any more. `plain` sends what was shown itself.
 */
export function useShownDraft<T>() {
  const plain = useSubmit();
  const [shown, setShown] = useState<T | null>(null);
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
