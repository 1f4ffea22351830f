import { Section } from "../section";
import { FieldList } from "./field-list";
import { Operation } from "./operation";
import type { ApiChapter, ApiObject } from "./told";

/** Every operation, chapter by chapter, each with an anchor; then the objects that answers speak of. */
export function ApiChapters({ chapters, objects }: { chapters: readonly ApiChapter[]; objects: readonly ApiObject[] }) {
  return (
    <>
      {chapters.map(({ id, title, operations }) => (
        <Section key={id} id={id} title={title}>
          <ul>
            {operations.map(({ anchor, does }) => (
              <li key={anchor}>
                <a href={`#${anchor}`} className="inline-block py-0.5 max-desk:py-2">
                  {does}
                </a>
              </li>
            ))}
          </ul>
          <div className="mt-4 grid gap-9">
            {operations.map((operation) => (
              <Operation key={operation.anchor} operation={operation} />
            ))}
          </div>
        </Section>
      ))}
      <Section id="objects" title="Objects">
        <p>What answers are made of. They may get more fields.</p>
        {objects.map(({ name, fields }) => (
          <div key={name} id={`object-${name}`} className="scroll-mt-6">
            <FieldList fields={fields} label={name} heading="h3" />
          </div>
        ))}
      </Section>
    </>
  );
}
