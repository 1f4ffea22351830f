import { ok, type Result, refuse } from "#lib/errors/error";
import { compileRanges, isAnywhere } from "#lib/networks/range-set";
import { type Gateway, reportsList } from "./gateway";

type Trust = Pick<Gateway, "adapter" | "trustedHops" | "trustedRanges">;

function wrongIn({ adapter, trustedHops, trustedRanges }: Trust): readonly [keyof Trust, string] | null {
  if (trustedHops === 0 && trustedRanges.length === 0) return null;
  if (!reportsList(adapter)) {
    return [
      trustedHops > 0 ? "trustedHops" : "trustedRanges",
      `A gateway of the adapter ${adapter} reports one address, not a list: tell that program which proxies to trust, and leave both empty here.`,
    ];
  }
  if (trustedHops === 0) return ["trustedHops", "Say through how many of these proxies a request comes at most."];
  if (trustedRanges.length === 0) return ["trustedRanges", "Say where these proxies are: hops alone trust nobody."];
  if (isAnywhere(compileRanges(trustedRanges, new Map())))
    return ["trustedRanges", "This would trust everybody: name the proxies only."];
  return null;
}

/** Whether what a gateway trusts can be meant. @returns `invalid_input` with what to do */
export function trustworthy(trust: Trust): Result<void> {
  const wrong = wrongIn(trust);
  if (wrong === null) return ok(undefined);
  const [path, message] = wrong;
  return refuse("invalid_input", message, [{ path, message }]);
}
