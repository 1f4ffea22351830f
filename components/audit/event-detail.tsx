import type { Json } from "#lib/audit/define";
import { differences } from "#lib/audit/difference";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";

const MOST_ROWS = 40;
const MOST_CHARACTERS = 20_000;

type Detail = { readonly before: Json; readonly after: Json };

const shown = (value: Json): string =>
  value === null ? "Nothing" : typeof value === "string" ? value || "Empty" : JSON.stringify(value);

/** What changed, field by field, before and after beside each other. */
export function DifferenceTable({ detail }: { detail: Detail }) {
  const rows = differences(detail.before, detail.after).filter(({ path }) => path[0] !== "version");
  if (rows.length === 0) return <p className="text-sm text-fg-3">The log holds nothing more about it.</p>;
  return (
    <TableFrame label="What changed" className="rounded-lg border">
      <Table>
        <thead>
          <tr>
            <Th className="pl-4">Field</Th>
            <Th>Before</Th>
            <Th>After</Th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map(({ path, before, after }) => (
            <Tr key={JSON.stringify(path)}>
              <Td className="mono py-1.5 pl-4 align-top text-xs text-fg-2">{path.join(".") || "All of it"}</Td>
              <Td className="mono py-1.5 align-top text-xs text-fg-2 [overflow-wrap:anywhere]">{shown(before)}</Td>
              <Td className="mono py-1.5 align-top text-xs [overflow-wrap:anywhere]">{shown(after)}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TableFrame>
  );
}

/** An event as the API has it, cut where it is longer than anybody reads. */
export function EventJson({ value, label }: { value: unknown; label: string }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <section aria-label={label} className="rounded-lg bg-code-bg">
      <pre className="px-4 py-3 font-mono text-sm leading-[22px] [overflow-wrap:anywhere] whitespace-pre-wrap">
        {text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}\n… (the rest is in the export)` : text}
      </pre>
    </section>
  );
}
