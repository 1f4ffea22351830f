import type { Gateway } from "./gateway";

/** What the database says of a gateway; never its secrets' digests. */
export type GatewayRow = Pick<Gateway, "id" | "key" | "adapter" | "peers" | "trustedHops" | "trustedRanges"> & {
  readonly applications: readonly { readonly application: { readonly key: string } }[];
  readonly previousUntil: Date | null;
  readonly createdAt: Date;
  readonly version: number;
};

/** A gateway as REST, CLI and pages show it. Times are ISO 8601; `previousUntil` is there while an old secret works. */
export type GatewayView = Pick<
  Gateway,
  "id" | "key" | "adapter" | "applications" | "peers" | "trustedHops" | "trustedRanges"
> & {
  readonly lastContactAt: string | null;
  readonly previousUntil: string | null;
  readonly createdAt: string;
  readonly version: number;
};

/** @param lastContactAt when a verifier last heard from it, null if never */
export function gatewayView(row: GatewayRow, lastContactAt: Date | null): GatewayView {
  const { id, key, adapter, peers, trustedHops, trustedRanges, version } = row;
  return {
    id,
    key,
    adapter,
    applications: row.applications.map(({ application }) => application.key).sort(),
    peers,
    trustedHops,
    trustedRanges,
    lastContactAt: lastContactAt?.toISOString() ?? null,
    previousUntil: row.previousUntil?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    version,
  };
}
