import type { TokenView } from "#lib/tokens/view";
import { None } from "../../ui/facts";
import { MOST_PATHS_SAID, restrictionsInWords } from "./words";

/** What narrows a token further, in words; many paths unfold. */
export function FurtherLimits({ token }: { token: TokenView }) {
  if (token.restrictionsUnreadable) return "They cannot be read here, so its requests are refused.";
  const narrowed = restrictionsInWords(token);
  if (narrowed.length === 0) return <None>None</None>;
  return (
    <>
      <ul>
        {narrowed.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {token.pathRules.length > MOST_PATHS_SAID && (
        <details className="mt-0.5">
          <summary className="cursor-pointer text-xs leading-6 text-fg-3 hover:text-fg">Which paths</summary>
          <ul className="mono text-xs leading-5">
            {token.pathRules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
