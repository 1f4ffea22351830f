import type { Case } from "../case";
import { type Check, finding } from "../check";
import { keptOut } from "../reads";
import { valuesOf } from "../request";
import { isExempt, isInsideOfWar, SIGNATURES, type Signature } from "../signatures";

function firstSignature(c: Case): Signature | null {
  const { segments, signatures } = c.target;
  const holds = (signature: Signature) => !isExempt(signature, c.known.application.kind, segments, c.depth);
  for (const signature of signatures) if (holds(signature)) return signature;
  if (segments.some(isInsideOfWar) && holds("web_inf")) return "web_inf";
  const { headers } = c.request;
  if (valuesOf(headers, "x-original-url").length > 0 || valuesOf(headers, "x-rewrite-url").length > 0)
    return "url_override";
  return null;
}

export const reachCheck: Check = {
  step: 8,
  name: "paths for tokens",
  judge(c) {
    const signature = firstSignature(c);
    if (c.credential.kind !== "ours") {
      c.observedRule = signature;
      return null;
    }
    if (signature !== null) return finding("path_blocked", `${signature}: ${SIGNATURES[signature]}`);
    const rule = keptOut(c.known.paths, c.target.segments, c.depth);
    return rule === null ? null : finding("path_blocked", rule);
  },
  remark: (c) => {
    if (c.credential.kind === "ours") return { detail: "The path is open to tokens." };
    if (c.observedRule === null) return { detail: "Nothing about the path stands out.", applies: false };
    return { detail: "A token would have been refused this path; it is only observed.", rule: c.observedRule };
  },
};
