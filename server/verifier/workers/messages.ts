import type { Metric } from "../metrics";
import type { Standing } from "../standing";

/** What the process that holds the workers asks one of them. */
export type Question = { readonly kind: "how"; readonly id: number };

/** How a worker is. */
export type State = { readonly standing: Standing; readonly metrics: readonly Metric[] };
export type Answer = { readonly kind: "so"; readonly id: number; readonly state: State };

const isKind = (message: unknown, kind: string): boolean =>
  typeof message === "object" && message !== null && "kind" in message && message.kind === kind;

export const isQuestion = (message: unknown): message is Question => isKind(message, "how");
export const isAnswer = (message: unknown): message is Answer => isKind(message, "so");
