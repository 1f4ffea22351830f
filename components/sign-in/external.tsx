"use client";
import { Building2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Note } from "../ui/note";
import { continueExternally } from "./session";

/** Signs in at the organisation's identity provider. */
export function External({ name, to, again }: { name: string; to: string; again: boolean }) {
  const [state, setState] = useState<"idle" | "leaving" | "failed">("idle");
  const go = async () => {
    setState("leaving");
    if ((await continueExternally(to, again)) !== null) setState("failed");
  };
  return (
    <div className="grid gap-3.5">
      {state === "failed" && (
        <Note tone="danger" role="alert">
          The server did not answer. Check your connection and try again.
        </Note>
      )}
      <Button look="primary" size="lg" block busy={state === "leaving" && "One moment …"} onClick={() => void go()}>
        <Icon of={Building2} />
        Continue with {name}
      </Button>
    </div>
  );
}
