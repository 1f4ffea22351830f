"use client";
import { Activity } from "lucide-react";
import { useState } from "react";
import type { Usage } from "#lib/tokens/usage";
import { FormError } from "../../api/form-error";
import { useSubmit } from "../../api/use-submit";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import type { Reader } from "../../ui/time-words";
import { UsageView } from "./usage-view";
import { askUsage } from "./use-usage";

/** How somebody else's token is used is told when it is asked for, because that is noted. */
export function OthersUsage({ tokenId, owner, reader }: { tokenId: string; owner: string; reader: Reader }) {
  const [usage, setUsage] = useState<Usage | null>(null);
  const { busy, problem, send } = useSubmit();
  if (usage !== null) return <UsageView usage={usage} reader={reader} />;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-border border-dashed px-4 py-3">
      <FormError problem={problem} shown={[]} />
      <p className="min-w-0 flex-1 basis-60 text-sm text-fg-2">
        Calls, addresses and clients say something about {owner}: looking at them is noted in the audit log.
      </p>
      <Button busy={busy && "Loading …"} onClick={() => void send<Usage>(() => askUsage(tokenId), setUsage)}>
        <Icon of={Activity} />
        Show how it is used
      </Button>
    </div>
  );
}
