import { type SnippetFacts, snippets } from "../../tokens/secret/snippets";
import { CodeBlock } from "../../ui/code-block";
import { Sample, Section } from "../section";

/** How one comes in, and what all operations have in common. */
export function FirstSteps({ facts }: { facts: SnippetFacts }) {
  return (
    <Section id="first-steps" title="First steps">
      <p>
        The API does everything that these pages do. Make a token for the application <b>Latchkey</b>, which may only
        read or also write, and send it as Bearer, or as the password of your username. It does what you may do, and
        never more than it was made for.
      </p>
      {snippets(facts).map(({ id, label, language, code }) => (
        <Sample key={id}>
          <CodeBlock code={code} language={language} label={`${label} sample`} />
        </Sample>
      ))}
      <p>
        JSON goes in and comes out. Times are ISO 8601 in UTC. Fields and parameters that are not known are refused, so
        a typing mistake is never silent. Lists come in pages: follow <code>nextCursor</code>. An edit sends the{" "}
        <code>version</code> that it read.
      </p>
      <p>
        A refusal is <code>application/problem+json</code> with a <code>code</code> to go by, a sentence, and a{" "}
        <code>requestId</code> to quote. A change says in <code>enforcement</code> where it holds already.
      </p>
      <p>
        For programs: <a href="/api/v1/openapi.json">this description in OpenAPI 3.1</a>. Postman, Insomnia and
        generators of clients read it from that address.
      </p>
    </Section>
  );
}
