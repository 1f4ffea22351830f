import { filled, type Program } from "./configuration";
import { nginxMainHostNamed } from "./named-files";
import { folderFiles, MAIN_HOST_FILE, type NginxFacts, type Shipped } from "./nginx-files";
import { outOfReach } from "./reach";
import { upstreamsOf } from "./upstreams";

/** Texts of gateways/nginx and ingress-nginx that are filled in, and what goes along as it is. */
export type ShippedIngress = Shipped & {
  readonly reasons: string;
  readonly toUpstream: string;
  readonly values: string;
  readonly ingress: string;
};

/** Where the controller has nginx's files, and what else it needs to read. */
const MOUNTED = "/etc/nginx/latchkey";
const SECRET = "gateway-key.conf";
const NAME = "ingress-nginx";

/** A key whose value is a text, within a map that is indented by two. */
const block = (key: string, text: string): string => `  ${key}: |\n${text.replace(/^(?=.)/gm, "    ")}`;

const HEAD = `# Latchkey for ingress-nginx: nginx's files and the gateway's secret. Made by Latchkey; lines marked EDIT are yours to
# fill in. It holds the gateway's secret: keep it where only operators read.
`;
const about = (kind: string, name: string): string => `apiVersion: v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ingress-nginx # EDIT: where the controller runs
`;

/** What a verifier with TLS needs; the controller has it beside the secret. */
function certificates({ verifier: { by } }: NginxFacts): string {
  const ca = "  verifier-ca.pem: CHANGE-ME # EDIT: who signed the verifier's certificate\n";
  const own = ["pem", "key"].map((each) => `  gateway.${each}: CHANGE-ME # EDIT: the gateway's own\n`).join("");
  return { clear: "", socket: "", tls: ca, mutual: ca + own }[by];
}

/** nginx's files and the secret, as the controller mounts them. */
function mounted(shipped: ShippedIngress, facts: NginxFacts): string {
  const made = folderFiles(shipped, facts)
    .filter(({ path }) => path !== MAIN_HOST_FILE)
    .map(({ path, text }) => ({ name: path.replace("latchkey/", ""), text }));
  const along = [
    { name: "reasons.conf", text: shipped.reasons },
    { name: "to-upstream.conf", text: shipped.toUpstream },
  ];
  const whole = (text: string): string =>
    text.replaceAll("include latchkey/", `include ${MOUNTED}/`).replaceAll(" /etc/latchkey/", ` ${MOUNTED}/`);
  const blocks = (isSecret: boolean): string =>
    [...made, ...along]
      .filter(({ name }) => (name === SECRET) === isSecret)
      .map(({ name, text }) => block(name, whole(text)))
      .join("");
  return [
    `${HEAD}${about("ConfigMap", "latchkey")}data:\n${blocks(false)}---\n`,
    `${about("Secret", "latchkey-gateway")}stringData:\n${blocks(true)}${certificates(facts)}`,
  ].join("");
}

/** The Ingress of one host: its names replaced, everything else as shipped. */
function ingressOf(shipped: string, host: string, service: string): string {
  const name = host.replace(/[^a-z0-9.-]+/g, "-").replace(/^[-.]|[-.]$/g, "");
  const places = [
    [/^ {2}name: \S+$/m, `  name: ${name}`],
    [/secretName: \S+/, `secretName: ${name}-tls`],
    [/hosts: \[jira\S*\.example\.com\]/, `hosts: [${JSON.stringify(host)}]`],
    [/host: jira\S*\.example\.com/, `host: ${JSON.stringify(host)}`],
    ["jira.default.svc", `${service}.default.svc`],
    ["service: { name: jira,", `service: { name: ${service},`],
  ] as const;
  return places.reduce((text, [what, by]) => filled(text, what, by), shipped);
}

const OF_EACH = `# Latchkey for ingress-nginx: of each host one Ingress, from this file or from the other. Made by Latchkey; lines marked EDIT
# are yours to fill in.
`;

/** The Ingresses of all hosts, in the way of the first or of the second that is shipped. */
function ingresses({ ingress }: ShippedIngress, { applications, names }: NginxFacts, which: 0 | 1): string {
  const documents = ingress.replace(/^(?:#.*\n)+\n/, "").split("---\n");
  const document = documents[which];
  if (document === undefined || documents.length !== 2) throw new Error("The shipped file has not two Ingresses");
  const named = which === 0 ? document : nginxMainHostNamed(document, names);
  const all = upstreamsOf(applications).flatMap((upstream) =>
    upstream.hosts.map((host) => ingressOf(named, host, upstream.name)),
  );
  return `${OF_EACH}${all.join("---\n")}`;
}

/** The configuration for ingress-nginx, filled in: nginx's own files within the controller. The secret is a placeholder. */
export function ingressProgram(shipped: ShippedIngress, facts: NginxFacts): Program {
  return {
    ...{ name: NAME, service: null, tellsOne: false, tellsNamed: false, opensWebSocket: true },
    outOfReach: outOfReach(NAME, facts.verifier),
    check: "kubectl apply -f latchkey.yaml",
    restart:
      "helm upgrade ingress-nginx ingress-nginx/ingress-nginx -n ingress-nginx --reuse-values -f values.yaml && kubectl apply -f api-hosts.yaml",
    files: [
      { path: "latchkey.yaml", text: mounted(shipped, facts) },
      { path: "values.yaml", text: shipped.values },
      { path: "api-hosts.yaml", text: ingresses(shipped, facts, 0) },
      { path: "main-hosts.yaml", text: ingresses(shipped, facts, 1) },
    ],
  };
}
