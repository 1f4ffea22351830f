import type { GatewayConfiguration, NginxFiles } from "#lib/gateways/queries-pages";
import { Card, CardHead } from "../ui/card";
import { CodeBlock } from "../ui/code-block";
import { Tabs } from "../ui/tabs";
import { ProgramConfiguration, ProgramFiles } from "./program-configuration";

/** The configuration of a gateway, for its program or for each that it may be. */
export function Configuration({ configuration }: { configuration: NonNullable<GatewayConfiguration> }) {
  return configuration.adapter === "nginx" ? (
    <NginxConfiguration {...configuration} />
  ) : (
    <ProgramConfiguration {...configuration} />
  );
}

type Nginx = Omit<Extract<GatewayConfiguration, { adapter: "nginx" }>, "adapter">;

/** nginx, and programs that have it within. */
function NginxConfiguration({ files, programs }: Nginx) {
  return (
    <Card aria-labelledby="configuration" className="min-w-0 overflow-hidden">
      <CardHead id="configuration">Put this in front</CardHead>
      <Tabs
        label="Program"
        tabs={[
          { id: "nginx", label: "nginx", content: <NginxFolder files={files} /> },
          ...programs.map((each) => ({ id: each.name, label: each.name, content: <ProgramFiles {...each} /> })),
        ]}
      />
    </Card>
  );
}

/** The configuration for nginx, filled in and ready to copy: of each file the whole text. */
function NginxFolder({ files: { apiHost, mainHost, folder } }: { files: NginxFiles }) {
  const named = (text: string) => <code className="mono text-fg">{text}</code>;
  const tabOf = (id: string, label: string, { path, text }: NginxFiles["apiHost"], say: string) => ({
    ...{ id, label },
    content: (
      <>
        <p className="border-border border-b px-4 py-2 text-sm text-fg-2">
          {named(`/etc/nginx/${path}`)} {say}
        </p>
        <CodeBlock code={text} language="text" label={label} />
      </>
    ),
  });
  return (
    <>
      <ol className="grid list-decimal gap-1 px-4 py-3 pl-8 text-sm text-fg-2">
        <li>
          Copy the folder {named("gateways/nginx")} of the project to {named("/etc/nginx/latchkey")}.
        </li>
        <li>Replace the files below in it; put the gateway’s secret into {named("gateway-key.conf")}, mode 0600.</li>
        <li>Take one of the two sites, fill in what is marked EDIT, then {named("nginx -t")} and reload.</li>
      </ol>
      <Tabs
        label="File"
        tabs={[
          tabOf(
            "api",
            "Site: API host",
            apiHost,
            "for host names of their own, recommended: everything is asked about",
          ),
          tabOf("main", "Site: main host", mainHost, "for the names that browsers use: only what carries a credential"),
          ...folder.map((file) => tabOf(file.path, file.path.replace("latchkey/", ""), file, "")),
        ]}
      />
    </>
  );
}
