import { Fragment } from "react";
import type { ForwardProgram } from "#lib/gateways/forward-files";
import { Card, CardHead } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Tabs } from "../ui/tabs";

/** The configurations for Caddy, HAProxy and Apache, filled in and ready to copy: of each file the whole text. */
export function ForwardConfiguration({ programs }: { programs: readonly ForwardProgram[] }) {
  return (
    <Card aria-labelledby="configuration" className="min-w-0 overflow-hidden">
      <CardHead id="configuration">Put this in front</CardHead>
      <Tabs
        label="Program"
        tabs={programs.map((program) => ({ id: program.name, label: program.name, content: <Program {...program} /> }))}
      />
    </Card>
  );
}

function Program({ files, service, check }: ForwardProgram) {
  const named = (text: string) => <code className="mono text-fg [overflow-wrap:anywhere]">{text}</code>;
  return (
    <>
      <ol className="grid list-decimal gap-1 px-4 py-3 pl-8 text-sm text-fg-2">
        <li>
          Give the service the gateway’s secret: {named(`systemctl edit ${service}`)}, then under {named("[Service]")}{" "}
          {named("Environment=LATCHKEY_GATEWAY_KEY=…")}. Only root may read that file: {named("chmod 600")}.
        </li>
        <li>Write these files and fill in what is marked EDIT.</li>
        <li>
          {named(check)}, then {named(`systemctl restart ${service}`)}.
        </li>
      </ol>
      {files.map(({ path, text }) => (
        <Fragment key={path}>
          <p className="border-border border-y px-4 py-2 text-sm text-fg-2">{named(path)}</p>
          <CodeBlock code={text} language="text" label={path} />
        </Fragment>
      ))}
    </>
  );
}
