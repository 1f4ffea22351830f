import type { LimitSource } from "#lib/errors/error";

/** Whose a limit is, in a few words: *tier Developers*, *the installation’s ceiling*. */
export function sourceWords({ kind, name }: LimitSource): string {
  switch (kind) {
    case "tier":
      return `tier ${name}`;
    case "ceiling":
      return `the ceiling of tier ${name}`;
    case "installation":
      return "the installation’s ceiling";
    case "delegation":
      return `delegation ${name}`;
    case "token":
      return `token ${name}`;
  }
}
