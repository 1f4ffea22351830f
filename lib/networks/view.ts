/** What the database says of a network. */
export type NetworkRow = {
  readonly id: string;
  readonly name: string;
  readonly ranges: readonly string[];
  readonly createdAt: Date;
  readonly version: number;
};

/** A network as everybody signed in may see it: that it exists. */
export type NetworkName = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly version: number;
};

/** A network as administrators and auditors see it. */
export type NetworkView = NetworkName & { readonly ranges: readonly string[] };

export function networkName({ id, name, createdAt, version }: NetworkRow): NetworkName {
  return { id, name, createdAt: createdAt.toISOString(), version };
}

export function networkView(row: NetworkRow): NetworkView {
  return { ...networkName(row), ranges: row.ranges };
}
