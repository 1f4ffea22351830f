"use client";
import { Card } from "../../ui/card";
import { CodeBlock } from "../../ui/code-block";
import { CopyButton } from "../../ui/copy-button";
import { Tabs } from "../../ui/tabs";
import { platformFields, type SnippetFacts, snippets } from "./snippets";

/** Ready to run, with the real host, username and secret. */
export function SnippetCard({ facts }: { facts: SnippetFacts }) {
  const code = snippets(facts).map(({ id, label, language, code }) => ({
    id,
    label,
    content: <CodeBlock code={code} language={language} label={`${label} snippet`} />,
  }));
  const platforms = { id: "platforms", label: "Zapier, Make", content: <PlatformFields facts={facts} /> };
  return (
    <Card aria-label="How to use it" className="overflow-hidden">
      <Tabs label="Tool" tabs={[...code, platforms]} />
    </Card>
  );
}

function PlatformFields({ facts }: { facts: SnippetFacts }) {
  return (
    <dl className="divide-y divide-border">
      {platformFields(facts).map(({ field, value }) => (
        <div key={field} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-[18px] py-2">
          <dt className="w-44 text-sm text-fg-2">{field}</dt>
          <dd className="flex min-w-0 flex-1 items-center gap-2">
            <span className="mono min-w-0 flex-1 break-all">{value}</span>
            {!value.startsWith("Basic auth") && (
              <CopyButton text={value} name={`Copy: ${field}`} look="quiet" size="sm" />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
