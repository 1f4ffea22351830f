/** What the database says of a saved view. */
export type SavedViewRow = {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly createdAt: Date;
};

/** A search of the token manager that somebody keeps: a name, and the query of its address. */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly createdAt: string;
};

/** How many views somebody keeps at most: they stand in one row. */
export const MOST_VIEWS = 20;

export const savedView = ({ id, name, query, createdAt }: SavedViewRow): SavedView => ({
  ...{ id, name, query, createdAt: createdAt.toISOString() },
});
