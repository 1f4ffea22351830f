export type Tally = { passed: number; failed: number; what: string[] };
export function vitestTally(file: string): Tally;
export function playwrightTally(file: string): Tally;
export function judged(status: number, tally: Tally): Tally;
export function machineTally(file: string): { held: number; answers: number };
export function sum(tallies: readonly Tally[]): Tally;
