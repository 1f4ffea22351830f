import { Fragment } from "react";
import type { Program as GatewayProgram } from "#lib/gateways/configuration";
import { Card, CardHead } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Note } from "../ui/note";
import { Tabs } from "../ui/tabs";
import { TextLink } from "../ui/text-link";

type Props = { programs: readonly GatewayProgram[]; wantsList: boolean };

/**
 * The configurations of programs that ask in one way, filled in and ready to copy: of each file the whole text.
 * `wantsList`: the gateway trusts proxies, whose list these files do not pass on.
 */
export function ProgramConfiguration({ programs, wantsList }: Props) {
  return (
    <Card aria-labelledby="configuration" className="min-w-0 overflow-hidden">
      <CardHead id="configuration">Put this in front</CardHead>
      {wantsList && (
        <div className="px-4 py-3">
          <Note tone="warning">
            These files tell the verifier one address. Beside <i>Proxies in front of it</i> it refuses every request
            that comes through such a proxy (400), until you change the line that sets <code>X-Forwarded-For</code> so
            that it passes the whole list on. Or let the program find the client itself, and leave both fields empty
            here. <TextLink href="/help#trusted-proxies">How addresses are found</TextLink>
          </Note>
        </div>
      )}
      <Tabs
        label="Program"
        tabs={programs.map((program) => ({ id: program.name, label: program.name, content: <Program {...program} /> }))}
      />
    </Card>
  );
}

function Program({ files, service, check, restart }: GatewayProgram) {
  const named = (text: string) => <code className="mono text-fg [overflow-wrap:anywhere]">{text}</code>;
  return (
    <>
      <ol className="grid list-decimal gap-1 px-4 py-3 pl-8 text-sm text-fg-2">
        {service !== null && (
          <li>
            Give the service the gateway’s secret: {named(`systemctl edit ${service}`)}, then under {named("[Service]")}{" "}
            {named("Environment=LATCHKEY_GATEWAY_KEY=…")}. Only root may read that file: {named("chmod 600")}.
          </li>
        )}
        <li>
          {service === null
            ? "Fill in what is marked EDIT, the gateway’s secret too: only the program may read it."
            : "Write these files and fill in what is marked EDIT."}
        </li>
        <li>
          {named(check)}, then {named(restart)}.
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
