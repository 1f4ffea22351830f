import { Fragment } from "react";
import type { Program as GatewayProgram } from "#lib/gateways/configuration";
import { Card, CardHead } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Note } from "../ui/note";
import { Tabs } from "../ui/tabs";
import { TextLink } from "../ui/text-link";

type Props = {
  programs: readonly GatewayProgram[];
  conditions: readonly string[];
  webSocket: readonly string[];
  wantsList: boolean;
};

/**
 * The configurations of programs that ask in one way, filled in and ready to copy: of each file the whole text.
 * `conditions`: the headers that tokens' header conditions ask for, as they stand in the files that name headers.
 * `webSocket`: keys of the applications that let tokens open one, which one or another program never does.
 * `wantsList`: the gateway trusts proxies, whose list one or another program cannot pass on.
 */
export function ProgramConfiguration({ programs, conditions, webSocket, wantsList }: Props) {
  const tellLists = programs.filter(({ tellsOne }) => !tellsOne).map(({ name }) => name);
  const tabOf = (program: GatewayProgram) => ({
    ...{ id: program.name, label: program.name },
    content: (
      <>
        {wantsList && program.tellsOne && <TellsOne others={tellLists} />}
        {program.tellsNamed && program.outOfReach === null && <TellsNamed conditions={conditions} />}
        {webSocket.length > 0 && !program.opensWebSocket && program.outOfReach === null && <Opens none={webSocket} />}
        <ProgramFiles {...program} />
      </>
    ),
  });
  return (
    <Card aria-labelledby="configuration" className="min-w-0 overflow-hidden">
      <CardHead id="configuration">Put this in front</CardHead>
      <Tabs label="Program" tabs={programs.map(tabOf)} />
    </Card>
  );
}

/** One program's files and how they are put in place, or why they cannot be. */
export function ProgramFiles(program: GatewayProgram) {
  return program.outOfReach === null ? <Program {...program} /> : <OutOfReach>{program.outOfReach}</OutOfReach>;
}

function TellsOne({ others }: { others: readonly string[] }) {
  return (
    <div className="px-4 pt-3">
      <Note tone="warning">
        This one tells the verifier one address. Beside <i>Proxies in front of it</i> every request that comes through
        such a proxy is refused (400). Take <i>{others.join(" or ")}</i>, or let the program find the client itself and
        leave both fields empty here. <TextLink href="/help#trusted-proxies">How addresses are found</TextLink>
      </Note>
    </div>
  );
}

function TellsNamed({ conditions }: { conditions: readonly string[] }) {
  return (
    <div className="px-4 pt-3">
      <Note>
        This one tells the verifier only the headers that its file names.{" "}
        {conditions.length === 0 ? (
          "No token asks for another one today."
        ) : (
          <>
            Those that tokens ask for today stand in it:{" "}
            <code className="mono [overflow-wrap:anywhere]">{conditions.join(", ")}</code>.
          </>
        )}{" "}
        Once a token’s header conditions ask for more, put the file in place anew: until then that token is refused.
      </Note>
    </div>
  );
}

function Opens({ none }: { none: readonly string[] }) {
  return (
    <div className="px-4 pt-3">
      <Note>
        Behind this one tokens open no WebSocket, though{" "}
        <code className="mono [overflow-wrap:anywhere]">{none.join(", ")}</code> lets them.
      </Note>
    </div>
  );
}

function OutOfReach({ children }: { children: string }) {
  return (
    <div className="p-4">
      <Note tone="warning">{children}</Note>
    </div>
  );
}

function Program({ files, service, check, restart }: GatewayProgram) {
  const named = (text: string) => <code className="mono text-fg [overflow-wrap:anywhere]">{text}</code>;
  const secretFile = `/etc/${service}/latchkey.env`;
  return (
    <>
      <ol className="grid list-decimal gap-1 px-4 py-3 pl-8 text-sm text-fg-2">
        {service !== null && (
          <li>
            Give the service the gateway’s secret: {named("LATCHKEY_GATEWAY_KEY=…")} in {named(secretFile)}, which only
            root may read ({named("chmod 600")}). Then {named(`systemctl edit ${service}`)}, and under{" "}
            {named("[Service]")} {named(`EnvironmentFile=${secretFile}`)}. Not by {named("Environment=")}, which
            everybody on the machine may read.
            {service === "caddy" && (
              <>
                {" "}
                Debian’s unit writes the environment into the log ({named("--environ")}): below that line{" "}
                {named("ExecStart=")} and {named("ExecStart=/usr/bin/caddy run --config /etc/caddy/Caddyfile")}.
              </>
            )}
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
