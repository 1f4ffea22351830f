import type { Simulation } from "#lib/impact/simulate";
import { sourceWords } from "#lib/policies/limit-words";
import { Table, TableFrame, Td, Th, Tr } from "../ui/table";
import { fieldWords } from "./simulator-values";

/** The verdict, what speaks against it, and all that the rules set. */
export function SimulationPanel({ said }: { said: Simulation }) {
  const { allowed, by, tier, against, rules } = said;
  return (
    <div className="grid gap-3.5">
      <div className="rounded-lg border border-border bg-surface px-6 py-5">
        <h2 className="text-balance text-2xl leading-8">
          <span className={allowed ? "text-success-fg" : "text-danger-fg"}>{allowed ? "Yes" : "No"}</span>
          {allowed ? `: ${by}.` : "."}
        </h2>
        {against.length > 0 && (
          <ul className="mt-2 grid gap-1">
            {against.map(({ field, sentence }) => (
              <li key={`${field} ${sentence}`} className="text-pretty text-fg-2 [overflow-wrap:anywhere]">
                {sentence}
              </li>
            ))}
          </ul>
        )}
        <p className="mt-3 text-sm text-fg-3">
          {tier === null ? "No tier matches them." : `The tier that decides about them is ${tier}.`}
        </p>
      </div>
      {rules.length > 0 && (
        <TableFrame label="What the rules set" className="rounded-lg border">
          <Table>
            <thead>
              <tr>
                <Th className="pl-4">About</Th>
                <Th>The rule</Th>
                <Th>Whose</Th>
              </tr>
            </thead>
            <tbody>
              {rules.map(({ field, sentence, source }) => (
                <Tr key={`${field} ${sentence}`}>
                  <Td className="whitespace-nowrap pl-4 text-fg-3">{fieldWords(field)}</Td>
                  <Td className="py-1.5 [overflow-wrap:anywhere]">{sentence}</Td>
                  <Td className="py-1.5 text-fg-2 [overflow-wrap:anywhere]">{source && sourceWords(source)}</Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </TableFrame>
      )}
    </div>
  );
}
