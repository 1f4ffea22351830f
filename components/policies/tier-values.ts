import type { PolicyView } from "#lib/policies/view";
import { ceilingFrom, limitsFrom, typedNames } from "./limits-values";

/** A tier as its form says it. */
export function bodyOf(data: FormData, policy: PolicyView | null): object {
  const power = data.get("power");
  return {
    name: data.get("name"),
    priority: Number(data.get("priority")),
    members: {
      everyone: data.get("everyone") === "on",
      groups: typedNames(data.get("groups")),
      serviceAccounts: data.get("serviceAccounts") === "on",
    },
    use: power !== "none",
    create: power === "create" ? "yes" : "no",
    selfRotate: data.get("selfRotate") === "on",
    own: power === "create" ? limitsFrom(data, "own") : (policy?.own ?? null),
    ceiling: ceilingFrom(data, "ceiling", policy?.ceiling ?? null),
  };
}

/** What the members of a tier may do, as the form asks it. */
export function powerOf(policy: Pick<PolicyView, "use" | "create"> | null): "none" | "use" | "create" {
  if (policy === null) return "create";
  if (!policy.use) return "none";
  return policy.create === "no" ? "use" : "create";
}
