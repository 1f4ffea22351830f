import { platformFields, type SnippetFacts, snippets } from "../tokens/secret/snippets";
import { CodeBlock } from "../ui/code-block";
import { Sample, Section } from "./section";

/** How to send a token, with the reader's own host and username. */
export function UsingTokens({ facts }: { facts: SnippetFacts }) {
  const scripts = snippets({ ...facts, kind: facts.kind }).filter((each) => each.id !== "git");
  const git = snippets({ ...facts, kind: facts.kind === "bitbucket" ? "bitbucket" : "generic" }).find(
    (each) => each.id === "git",
  );
  return (
    <>
      <Section id="use" title="Using it in a script">
        <p>
          Send your username, and the token in place of the password. That is HTTP Basic, which every tool knows.{" "}
          <code>Authorization: Bearer</code> with the token alone works as well. Keep the secret in an environment
          variable or a secret store, never in the code.
        </p>
        {scripts.map(({ id, label, language, code }) => (
          <div key={id} id={id} className="grid scroll-mt-6 gap-1.5">
            <h3 className="text-fg">{label}</h3>
            <Sample>
              <CodeBlock code={code} language={language} label={`${label} sample`} />
            </Sample>
          </div>
        ))}
      </Section>
      <Section id="git" title="Using it with git">
        <p>
          git asks for a username and a password: give your own username, and the token as password. Pushing needs a
          token that may write.
        </p>
        {git && (
          <Sample>
            <CodeBlock code={git.code} language={git.language} label="git sample" />
          </Sample>
        )}
      </Section>
      <Section id="platforms" title="Zapier, Make and other platforms">
        <p>Look for a connection of the kind “Server” or “Data Center”, not “Cloud”. Fill in:</p>
        <dl className="divide-y divide-border rounded-lg border border-border bg-surface">
          {platformFields({ ...facts, secret: "your token" }).map(({ field, value }) => (
            <div key={field} className="flex flex-wrap gap-x-4 px-4 py-2 text-sm">
              <dt className="w-44">{field}</dt>
              <dd className="mono min-w-0 text-fg [overflow-wrap:anywhere]">{value}</dd>
            </div>
          ))}
        </dl>
        <p>
          Such a platform calls from its own addresses. If your token is bound to a network of yours, it is refused
          there.
        </p>
      </Section>
      <Section id="clients" title="Atlassian clients and libraries">
        <p>Wherever a client wants a password, give it the token:</p>
        <ul>
          <li>
            <b>jira.js</b>: <code>authentication: {"{ basic: { username, password: token } }"}</code>
          </li>
          <li>
            <b>jira-client</b>: <code>{"{ username, password: token, strictSSL: true }"}</code>
          </li>
          <li>
            <b>atlassian-python-api</b>: <code>Jira(url, username=…, password=token)</code>
          </li>
          <li>
            <b>Jira REST Java client</b>: <code>BasicHttpAuthenticationHandler(username, token)</code>
          </li>
          <li>IDEs, mail add-ons, Power BI: choose “username and password”, and paste the token as the password.</li>
        </ul>
        <p>
          Clients that open a session by posting a password to a log-in page do not work with tokens; switch them to
          Basic.
        </p>
      </Section>
    </>
  );
}
