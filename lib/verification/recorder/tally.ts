/** An address and client that something was seen with. Times are epoch milliseconds. */
export type Sighting = {
  readonly address: string;
  readonly client: string;
  readonly firstAt: number;
  lastAt: number;
  calls: number;
};

/** The same of a token, with what it asked for last: the path is canonical and without query. */
export type TokenSighting = Sighting & { lastMethod: string | null; lastPath: string | null };

export type Hour = { readonly hour: number; allowed: number; refused: number };

/** In place of a time that has not come. */
export const NEVER = 0;

/**
 * What one token did since the last write. Flat, because every verification touches one; and a text that is there already
 * is left there, because an old object that is given a young one costs each small collection.
 */
export class TokenTally {
  allowed = 0;
  refused = 0;
  firstAllowedAt = NEVER;
  lastAllowedAt = NEVER;
  lastAllowedIp: string | null = null;
  lastRefusedAt = NEVER;
  lastRefusedReason: string | null = null;
  lastRefusedIp: string | null = null;
  /** Seldom more than one: batches are short, and most integrations call from one place. */
  readonly hours: Hour[];
  readonly sightings: TokenSighting[] = [];
  #hour: Hour;

  constructor(
    readonly tokenId: string,
    hour: number,
  ) {
    this.#hour = { hour, allowed: 0, refused: 0 };
    this.hours = [this.#hour];
  }

  allow(hour: number, at: number, address: string | null): void {
    this.#of(hour).allowed += 1;
    this.allowed += 1;
    if (this.firstAllowedAt === NEVER) this.firstAllowedAt = at;
    this.lastAllowedAt = at;
    if (this.lastAllowedIp !== address) this.lastAllowedIp = address;
  }

  refuse(hour: number, at: number, address: string | null, reason: string): void {
    this.#of(hour).refused += 1;
    this.refused += 1;
    this.lastRefusedAt = at;
    this.lastRefusedReason = reason;
    this.lastRefusedIp = address;
  }

  #of(hour: number): Hour {
    if (this.#hour.hour !== hour) {
      this.#hour = { hour, allowed: 0, refused: 0 };
      this.hours.push(this.#hour);
    }
    return this.#hour;
  }
}

/** How often a gateway, an application, a reason and a kind of credential came together in an hour. */
export type CountTally = {
  readonly hour: number;
  readonly gatewayKey: string;
  readonly applicationKey: string;
  readonly reason: string;
  readonly auth: string;
  count: number;
};

/** Who sent something that is not ours: claimed, not verified. */
export type CredentialTally = Sighting & {
  readonly applicationKey: string;
  readonly class: string;
  readonly outcome: "allowed" | "refused";
  readonly claimedName: string;
};

/** A filter rule that recognised requests and let them pass, and who sent them: `tokenId` is empty for what is not ours. */
export type PathTally = {
  readonly applicationKey: string;
  readonly rule: string;
  readonly auth: string;
  readonly tokenId: string;
  readonly firstAt: number;
  lastAt: number;
  calls: number;
  lastMethod: string | null;
  lastPath: string | null;
};
