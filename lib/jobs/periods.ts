/** How many days what was recorded is kept: as the operator chose (`RETENTION_…_DAYS`). */
export type Periods = { readonly usageDays: number; readonly sightingsDays: number };

/** So many days a refused request can be explained by its id. */
export const REFUSAL_DAYS = 30;
