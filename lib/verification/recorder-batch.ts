import type { Decision, Subject } from "./decision";
import type { Variety } from "./recorder-variety";

/**
 * One verification as the recorder is told of it. `at` is epoch milliseconds, `client` the User-Agent, `peer` where the
 * gateway's connection came from.
 */
export type Noted = {
  readonly decision: Decision;
  readonly client: string;
  readonly peer: string;
  readonly at: number;
};

export type Sighting = {
  readonly address: string;
  readonly client: string;
  readonly firstAt: number;
  lastAt: number;
  calls: number;
};

export type TokenTally = {
  readonly tokenId: string;
  allowed: number;
  refused: number;
  firstAllowedAt: number | null;
  lastAllowedAt: number | null;
  lastAllowedIp: string | null;
  lastRefusedAt: number | null;
  lastRefusedReason: string | null;
  lastRefusedIp: string | null;
  readonly hours: { readonly hour: number; allowed: number; refused: number }[];
  readonly sightings: Sighting[];
};

export type CountTally = {
  readonly hour: number;
  readonly gatewayKey: string;
  readonly applicationKey: string;
  readonly reason: string;
  readonly auth: string;
  count: number;
};

export type CredentialTally = Sighting & {
  readonly applicationKey: string;
  readonly class: string;
  readonly outcome: "allowed" | "refused";
  readonly claimedName: string;
};

/** How much a batch holds of each; beyond that detail is dropped and counted, and the counts go on. */
export type BatchLimits = { readonly tokens: number; readonly counts: number; readonly sightings: number };

export const BATCH_LIMITS: BatchLimits = { tokens: 10_000, counts: 2_000, sightings: 10_000 };

const HOUR_MS = 3_600_000;
/** In place of what there is too much of to keep apart. */
export const MANY = "(many)";

/**
 * What happened since the last write, added up. Counts come first: where there is no room for the detail of one more
 * token or client, its verification is still counted.
 */
export class Batch {
  readonly tokens = new Map<string, TokenTally>();
  readonly counts = new Map<string, CountTally>();
  readonly credentials = new Map<string, CredentialTally>();
  /** Gateways heard of: when last, and from where. */
  readonly contacts = new Map<string, { at: number; address: string }>();
  sightings = 0;
  /** Details there was no room for. */
  dropped = 0;
  #last: CountTally | null = null;

  constructor(
    readonly variety: Variety,
    readonly limits: BatchLimits = BATCH_LIMITS,
  ) {}

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  add({ decision, client, peer, at }: Noted): void {
    const { subject } = decision;
    const hour = at - (at % HOUR_MS);
    this.#count(decision, subject, hour);
    if (subject.gatewayKey !== null) this.#hear(subject.gatewayKey, peer, at);
    if (subject.tokenId !== null) this.#use(subject.tokenId, decision, client, hour, at);
    else if (subject.auth !== null && subject.auth !== "token" && (subject.observed || !decision.allowed)) {
      this.#observe(subject.auth, decision, client, at);
    }
  }

  #hear(gatewayKey: string, address: string, at: number): void {
    const contact = this.contacts.get(gatewayKey);
    if (contact === undefined) this.contacts.set(gatewayKey, { at, address });
    else {
      contact.at = at;
      contact.address = address;
    }
  }

  #count({ reason }: Decision, { gatewayKey, applicationKey, auth }: Subject, hour: number): void {
    const [gateway, application, kind] = [gatewayKey ?? "", applicationKey ?? "", auth ?? ""];
    const last = this.#last;
    if (
      last !== null &&
      last.hour === hour &&
      last.reason === reason &&
      last.applicationKey === application &&
      last.gatewayKey === gateway &&
      last.auth === kind
    ) {
      last.count += 1;
      return;
    }
    const key = `${hour} ${gateway} ${application} ${reason} ${kind}`;
    let tally = this.counts.get(key);
    if (tally === undefined) {
      if (this.counts.size >= this.limits.counts) {
        this.dropped += 1;
        return;
      }
      tally = { hour, gatewayKey: gateway, applicationKey: application, reason, auth: kind, count: 0 };
      this.counts.set(key, tally);
    }
    tally.count += 1;
    this.#last = tally;
  }

  #use(tokenId: string, { allowed, reason, subject }: Decision, client: string, hour: number, at: number): void {
    const tally = this.tokens.get(tokenId) ?? this.#newTally(tokenId);
    if (tally === null) {
      this.dropped += 1;
      return;
    }
    const last = tally.hours.at(-1);
    const hours = last?.hour === hour ? last : { hour, allowed: 0, refused: 0 };
    if (hours !== last) tally.hours.push(hours);
    if (allowed) {
      hours.allowed += 1;
      tally.allowed += 1;
      tally.firstAllowedAt ??= at;
      tally.lastAllowedAt = at;
      tally.lastAllowedIp = subject.clientAddress;
    } else {
      hours.refused += 1;
      tally.refused += 1;
      tally.lastRefusedAt = at;
      tally.lastRefusedReason = reason;
      tally.lastRefusedIp = subject.clientAddress;
    }
    this.#see(tokenId, tally.sightings, subject.clientAddress ?? "", client, at);
  }

  #newTally(tokenId: string): TokenTally | null {
    if (this.tokens.size >= this.limits.tokens) return null;
    const tally: TokenTally = {
      ...{ tokenId, allowed: 0, refused: 0, hours: [], sightings: [] },
      ...{ firstAllowedAt: null, lastAllowedAt: null, lastAllowedIp: null },
      ...{ lastRefusedAt: null, lastRefusedReason: null, lastRefusedIp: null },
    };
    this.tokens.set(tokenId, tally);
    return tally;
  }

  #see(tokenId: string, sightings: Sighting[], address: string, client: string, at: number): void {
    for (const sighting of sightings) {
      if (sighting.address !== address || sighting.client !== client) continue;
      sighting.lastAt = at;
      sighting.calls += 1;
      return;
    }
    if (address !== MANY && !this.variety.admits(tokenId, `${address} ${client}`)) {
      this.#see(tokenId, sightings, MANY, MANY, at);
      return;
    }
    if (this.sightings >= this.limits.sightings) {
      this.dropped += 1;
      return;
    }
    this.sightings += 1;
    sightings.push({ address, client, firstAt: at, lastAt: at, calls: 1 });
  }

  #observe(kind: string, { allowed, subject }: Decision, client: string, at: number): void {
    const applicationKey = subject.applicationKey ?? "";
    const outcome = allowed ? "allowed" : "refused";
    const [address, name] = [subject.clientAddress ?? "", subject.claimedName ?? ""];
    const place = `${applicationKey} ${kind} ${outcome}`;
    const known = this.variety.admits(`${place} ${address}`, `${name} ${client}`);
    const seen = known ? { address, claimedName: name, client } : { address: MANY, claimedName: MANY, client: MANY };
    const key = `${place} ${seen.address} ${seen.claimedName} ${seen.client}`;
    const tally = this.credentials.get(key);
    if (tally !== undefined) {
      tally.lastAt = at;
      tally.calls += 1;
    } else if (this.credentials.size >= this.limits.sightings) this.dropped += 1;
    else
      this.credentials.set(key, {
        ...{ applicationKey, class: kind, outcome, ...seen },
        firstAt: at,
        lastAt: at,
        calls: 1,
      });
  }
}
