import { CodeBlock } from "../../ui/code-block";
import { Sample } from "../section";
import { FieldList } from "./field-list";
import { Said } from "./said";
import type { ApiOperation } from "./told";

/** One operation: what it does, who may, what is sent, what comes back. Its anchor stays. */
export function Operation({ operation }: { operation: ApiOperation }) {
  const { anchor, method, path, does, more, who, parameters, body, answers, refusals, sample } = operation;
  return (
    <article
      id={anchor}
      aria-labelledby={`${anchor}-title`}
      className="grid scroll-mt-6 gap-2.5 max-desk:scroll-mt-[68px]"
    >
      <header>
        <h3 id={`${anchor}-title`} className="text-fg">
          {does}
        </h3>
        <p className="mono text-sm [overflow-wrap:anywhere]">
          <b>{method}</b> {path}
        </p>
      </header>
      {more && (
        <p>
          <Said text={more} />
        </p>
      )}
      <p className="text-sm">{who}</p>
      <Sample>
        <CodeBlock code={sample} language="shell" label={`${does}, with curl`} />
      </Sample>
      <FieldList fields={parameters} label="Parameters" />
      <FieldList fields={body} label="Body" />
      <p className="text-sm">
        <b>Answers</b> {answers}.
      </p>
      <p className="text-sm">
        <b>Refuses with</b>{" "}
        {refusals.map(({ code, status }, at) => (
          <span key={code}>
            {at > 0 && ", "}
            <a href={`/help#${code}`} className="mono">
              {code}
            </a>{" "}
            <span className="tabular-nums text-fg-3">{status}</span>
          </span>
        ))}
        .
      </p>
    </article>
  );
}
