import { CopyButton } from "./copy-button";
import { type CodeLanguage, highlight } from "./highlight";

const COLOURS = { plain: "", comment: "text-code-com", string: "text-code-str", keyword: "text-code-key" } as const;

/** What scrolls must be reachable by keyboard (WCAG 2.1.1), and what can be reached has a role and a name. */
const scrollable = (label: string) => ({ tabIndex: 0, role: "region", "aria-label": label });

/** Code to copy. It scrolls inside its box and can be focused for that. */
export function CodeBlock({ code, language, label }: { code: string; language: CodeLanguage; label: string }) {
  return (
    <div className="relative max-desk:flex max-desk:flex-col-reverse max-desk:bg-code-bg">
      <CopyButton
        text={code}
        name={`Copy: ${label}`}
        size="sm"
        className="absolute top-[9px] right-2.5 max-desk:static max-desk:mx-3.5 max-desk:mb-3.5"
      />
      <pre
        {...scrollable(label)}
        className="overflow-x-auto bg-code-bg px-[18px] pt-3.5 pb-4 font-mono text-sm leading-[22px] -outline-offset-2 [tab-size:2]"
      >
        <code>
          {highlight(code, language).map((piece) => (
            <span key={piece.at} className={COLOURS[piece.kind]}>
              {piece.text}
            </span>
          ))}
        </code>
      </pre>
    </div>
  );
}
