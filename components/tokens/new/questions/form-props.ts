import type { TokenFormFacts } from "#lib/tokens/making/form-facts";
import type { Reader } from "../../../ui/time-words";
import type { Draft } from "../draft";

/** What every question of *New token* gets. */
export type QuestionProps = {
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  facts: TokenFormFacts;
  reader: Reader;
  error: (path: string) => string | undefined;
};
