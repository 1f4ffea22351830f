"use client";
import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { FormError } from "../api/form-error";
import { request } from "../api/request";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { notify } from "../ui/notify";
import type { Reader } from "../ui/time-words";
import { BeforeYouSave } from "./before-you-save";
import { useConsidered } from "./use-considered";

type Props = {
  rule: { readonly id: string; readonly name: string; readonly version: number };
  /** What it is, in the API and in words. */
  of: "policy" | "delegation";
  reader: Reader;
};

const PLACES = {
  policy: { path: "policies", word: "tier", after: "/admin/policies" },
  delegation: { path: "delegations", word: "delegation", after: "/admin/delegations" },
} as const;

/** Deletes a tier or a delegation, after what that does was shown. */
export function DeleteRule({ rule, of, reader }: Props) {
  const { push } = useRouter();
  const { path, word, after } = PLACES[of];
  const considering = useConsidered<object>(reader.now);
  const { submit, impact, consider } = considering;
  const ask = () => {
    consider({
      always: true,
      draft: { change: `${of}.delete`, id: rule.id },
      save: (considered) => request("DELETE", `/api/v1/${path}/${rule.id}`, { version: rule.version, ...considered }),
      done: () => {
        notify({ tone: "done", text: `Deleted the ${word} ${rule.name}.` });
        push(after);
      },
    });
  };
  return (
    <div className="mt-8 grid max-w-[520px] gap-3 border-border border-t pt-5">
      {impact === null && <FormError problem={submit.problem} shown={[]} />}
      <div>
        <Button onClick={ask} busy={submit.busy && impact === null && "Looking …"}>
          <Icon of={Trash2} />
          Delete this {word}
        </Button>
      </div>
      <BeforeYouSave considering={considering} reader={reader} verb="Delete" of={`the ${word}`} />
    </div>
  );
}
