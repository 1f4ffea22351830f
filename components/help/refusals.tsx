import { refusalSections } from "./refusal-sections";
import { Section } from "./section";

/** One section for each kind of refusal, one anchor for each reason. */
export function Refusals() {
  return refusalSections().map(({ id, title, advice, refusals }) => (
    <Section key={id} id={id} title={title}>
      <p>{advice}</p>
      <dl className="divide-y divide-border rounded-lg border border-border bg-surface">
        {refusals.map(({ code, status, meaning, remedy }) => (
          <div key={code} id={code} className="scroll-mt-6 px-4 py-2.5 text-sm leading-5">
            <dt className="flex flex-wrap gap-x-2">
              <span className="mono text-fg">{code}</span>
              <span className="tabular-nums text-fg-3">{status}</span>
            </dt>
            <dd>
              {meaning} <span className="text-fg">{remedy}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  ));
}
