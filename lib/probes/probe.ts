/** What is tried, in the order in which it is. */
export const PROBES = ["browser", "read", "write", "forged", "address", "port"] as const;
export type Probe = (typeof PROBES)[number];

/** `unknown` is whatever was not measured: nothing is ticked, and nothing blamed, that nobody has seen. */
export const OUTCOMES = ["passed", "failed", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What became of one probe: what was asked, what came, and what to do, as a sentence for people. */
export type ProbeResult = { readonly probe: Probe; readonly outcome: Outcome; readonly sentence: string };

export const LONGEST_SENTENCE = 1_000;

export const passed = (probe: Probe, sentence: string): ProbeResult => ({ probe, outcome: "passed", sentence });
export const failed = (probe: Probe, sentence: string): ProbeResult => ({ probe, outcome: "failed", sentence });
export const unknown = (probe: Probe, sentence: string): ProbeResult => ({ probe, outcome: "unknown", sentence });

/** The last time that an application's connection was tried. Times in ISO 8601. */
export type ProbeRunView = {
  /** Where it was asked. */
  readonly url: string;
  readonly by: string;
  readonly begunAt: string;
  /** Null while it goes on, and for one that nobody finished. */
  readonly endedAt: string | null;
  readonly results: readonly ProbeResult[];
};

/** One run may take so long; afterwards it counts as over, whatever became of it. */
export const LONGEST_RUN_MS = 60_000;
/** Between the beginnings of two runs of one application. */
export const PAUSE_MS = 5_000;
/** Runs of all applications at a time: each keeps a request of the portal waiting. */
export const MOST_RUNNING = 5;
/** One request, from the first byte of looking its name up. */
export const DEADLINE_MS = 5_000;
/** How long to wait until a verifier has told what it decided: it does so every second. */
export const TOLD_WITHIN_MS = 4_000;
/** The token with which it is tried is over after this in any case; it is revoked as soon as it has been used. */
export const TOKEN_LIFE_MS = 2 * 60_000;
