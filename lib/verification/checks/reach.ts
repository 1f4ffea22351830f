import type { Case } from "../case";
import { type Check, finding } from "../check";
import { keptOut } from "../reads";
import { type OriginalRequest, valuesOf } from "../request";
import { isExempt, isInsideOfWar, SIGNATURES, type Signature } from "../signatures";

/** Some upstreams take these for the path. ingress-nginx itself sends the first, and tells the truth in it. */
function overridesUrl({ headers, proto, host, target }: OriginalRequest): boolean {
  for (const name of ["x-original-url", "x-rewrite-url"]) {
    for (const url of valuesOf(headers, name)) if (url !== target && url !== `${proto}://${host}${target}`) return true;
  }
  return false;
}

function firstSignature(c: Case): Signature | null {
  const { segments, signatures } = c.target;
  const holds = (signature: Signature) => !isExempt(signature, c.known.application.kind, segments, c.depth);
  for (const signature of signatures) if (holds(signature)) return signature;
  if (segments.some(isInsideOfWar) && holds("web_inf")) return "web_inf";
  return overridesUrl(c.request) ? "url_override" : null;
}

/** Step 8: path signatures and the positive list, for tokens; for what is not ours only observed. */
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
