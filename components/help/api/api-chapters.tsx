import { Section } from "../section";
import { FieldList } from "./field-list";
import { Operation } from "./operation";
import type { ApiChapter, ApiObject } from "./told";

/** The page of a chapter, and of the objects. */
export const chapterHref = (id: string): `/help/api/${string}` => `/help/api/${id}`;

/** What there is, chapter by chapter: each operation leads to its place. It has its anchor here too, as it always had. */
export function ApiContents({ chapters }: { chapters: readonly ApiChapter[] }) {
  return chapters.map(({ id, title, operations }) => (
    <Section key={id} id={id} title={title}>
      <ul>
        {operations.map(({ anchor, does }) => (
          <li key={anchor} id={anchor} className="scroll-mt-6 max-desk:scroll-mt-[68px]">
            <a href={`${chapterHref(id)}#${anchor}`} className="inline-block py-0.5 max-desk:py-2">
              {does}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  ));
}

/** Every operation of a chapter, each with an anchor. */
export function ApiOperations({ id, title, operations }: ApiChapter) {
  return (
    <Section id={id} title={title}>
      <div className="grid gap-9">
        {operations.map((operation) => (
          <Operation key={operation.anchor} operation={operation} />
        ))}
      </div>
    </Section>
  );
}

/** The objects that answers speak of. */
export function ApiObjects({ objects }: { objects: readonly ApiObject[] }) {
  return (
    <Section id="objects" title="Objects">
      <p>What answers are made of. They may get more fields.</p>
      {objects.map(({ name, fields }) => (
        <div key={name} id={`object-${name}`} className="scroll-mt-6 max-desk:scroll-mt-[68px]">
          <FieldList fields={fields} label={name} heading="h3" />
        </div>
      ))}
    </Section>
  );
}
