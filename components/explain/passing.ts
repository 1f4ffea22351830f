import type { Explained } from "#lib/verification/queries";

type Step = Explained["steps"][number];

const passed = ({ steps }: Explained, number: number): Step | undefined =>
  steps.find(({ step, outcome }) => step === number && outcome === "passed");

/** What let a request pass that carries no token of ours. */
export const letThroughBy = (explained: Explained): Step | null =>
  explained.reason === "let_through" ? (passed(explained, 7) ?? null) : null;

/** The step of the path filter, where a rule of it recognised a request that passes. */
export const recognisedBy = (explained: Explained): Step | null => {
  const filter = passed(explained, 8);
  return explained.allowed && filter?.rule ? filter : null;
};

/** Why a request passes, as the end of a sentence. */
export function passesSentence(explained: Explained): string {
  const why = letThroughBy(explained)?.detail ?? "Every step of the list says yes.";
  return `${why.charAt(0).toLowerCase()}${why.slice(1)}`;
}
