import type { Decision } from "../decide";
import type { Refused, Subject } from "../decision";
import { PathTallies } from "./path-tallies";
import type { RefusalNote } from "./refusal-note";
import { type CountTally, type CredentialTally, type Sighting, TokenTally } from "./tally";
import { Variety } from "./variety";

/**
 * One verification as the recorder is told of it. `at` is epoch milliseconds, `client` the User-Agent, `peer` where the
 * gateway's connection came from.
 */
export type Noted = {
  readonly decision: Decision;
  readonly client: string;
  readonly peer: string;
  readonly at: number;
  /** What a refused client was told; without one the refusal is counted and not kept. */
  readonly requestId?: string;
};

type Asked = Pick<Subject, "method" | "path">;

/**
 * How much a batch holds of each. Beyond `sightings` addresses, clients and refusals are dropped, while the token is
 * still counted; `tokens` is only what memory bounds.
 */
export type BatchLimits = { readonly tokens: number; readonly counts: number; readonly sightings: number };

/** Ten times as many tokens are counted as there is detail of: a busy minute without a database loses no count. */
export const BATCH_LIMITS: BatchLimits = { tokens: 100_000, counts: 2_000, sightings: 10_000 };

/** Refusals kept an hour: of one token, address or gateway that does not say of whom it asks, and of all together. */
export const REFUSALS_EACH = 50;
export const REFUSALS_MOST = 5_000;

const HOUR_MS = 3_600_000;
/** Longer User-Agents are told apart by their beginning. More is kept than is stored: a secret must be seen whole. */
const CLIENT_LIMIT = 456;
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
  readonly paths = new PathTallies();
  /** Gateways heard of: when last, and from where. */
  readonly contacts = new Map<string, { at: number; address: string }>();
  /** Details there was no room for. */
  dropped = 0;
  /** Uses that are missing in their token's own count. */
  uncounted = 0;
  #sightings = 0;
  #last: CountTally | null = null;

  /** Refused requests, one by one. */
  readonly refusals: RefusalNote[] = [];

  /** @param told tells which refusals are kept: of a token or address only so many an hour */
  constructor(
    readonly variety: Variety,
    readonly limits: BatchLimits = BATCH_LIMITS,
    readonly told: Variety = new Variety(REFUSALS_EACH, REFUSALS_MOST),
  ) {}

  get isEmpty(): boolean {
    return this.counts.size === 0;
  }

  /** Takes the tokens that have waited longest out of this batch, as a batch of so many: making rows of all takes long. */
  part(most: number): Batch {
    const part = new Batch(this.variety, this.limits, this.told);
    for (const [tokenId, tally] of this.tokens) {
      if (part.tokens.size === most) break;
      part.tokens.set(tokenId, tally);
      this.tokens.delete(tokenId);
      this.#sightings -= tally.sightings.length;
    }
    return part;
  }

  add({ decision, client: whole, peer, at, requestId }: Noted): void {
    const { subject } = decision;
    const client = whole.length > CLIENT_LIMIT ? whole.slice(0, CLIENT_LIMIT) : whole;
    const hour = at - (at % HOUR_MS);
    this.#count(decision.reason, subject, hour);
    if (subject.gatewayKey !== null) this.#hear(subject.gatewayKey, peer, at);
    if (subject.tokenId !== null) this.#use(subject.tokenId, decision, client, hour, at);
    else if (subject.auth !== null && subject.auth !== "token" && (subject.observed || !decision.allowed)) {
      this.#observe(subject.auth, decision, client, at);
    }
    if (decision.allowed && subject.observedRules.length > 0) this.#recognise(subject, at);
    if (!decision.allowed && requestId !== undefined) this.#keep(decision, { requestId, client, at });
  }

  #keep({ reason, rule, subject, kept }: Refused, seen: Pick<RefusalNote, "requestId" | "client" | "at">): void {
    const group = subject.tokenId ?? subject.clientAddress ?? `behind ${subject.gatewayKey ?? ""}`;
    if (this.refusals.length >= this.limits.sightings || !this.told.admits(group, seen.requestId)) this.dropped += 1;
    else this.refusals.push({ ...seen, reason, rule, subject, kept });
  }

  #recognise(subject: Subject, at: number): void {
    const bounds = { variety: this.variety, most: this.limits.sightings, many: MANY };
    this.dropped += this.paths.add(subject, at, bounds);
  }

  #hear(gatewayKey: string, address: string, at: number): void {
    const contact = this.contacts.get(gatewayKey);
    if (contact === undefined) this.contacts.set(gatewayKey, { at, address });
    else {
      contact.at = at;
      contact.address = address;
    }
  }

  #count(reason: string, subject: Subject, hour: number): void {
    const gatewayKey = subject.gatewayKey ?? "";
    const applicationKey = subject.applicationKey ?? "";
    const auth = subject.auth ?? "";
    let tally = this.#last;
    // Most verifications are like the one before.
    if (
      tally === null ||
      tally.hour !== hour ||
      tally.reason !== reason ||
      tally.applicationKey !== applicationKey ||
      tally.gatewayKey !== gatewayKey ||
      tally.auth !== auth
    ) {
      tally = this.#tallyOf({ hour, gatewayKey, applicationKey, reason, auth, count: 0 });
    }
    if (tally === null) this.dropped += 1;
    else tally.count += 1;
  }

  #tallyOf(fresh: CountTally): CountTally | null {
    const key = `${fresh.hour} ${fresh.gatewayKey} ${fresh.applicationKey} ${fresh.reason} ${fresh.auth}`;
    let tally = this.counts.get(key);
    if (tally === undefined) {
      if (this.counts.size >= this.limits.counts) return null;
      tally = fresh;
      this.counts.set(key, tally);
    }
    this.#last = tally;
    return tally;
  }

  #use(tokenId: string, { allowed, reason, subject }: Decision, client: string, hour: number, at: number): void {
    let tally = this.tokens.get(tokenId);
    if (tally === undefined) {
      if (this.tokens.size >= this.limits.tokens) {
        this.uncounted += 1;
        return;
      }
      tally = new TokenTally(tokenId, hour);
      this.tokens.set(tokenId, tally);
    }
    const { clientAddress: address } = subject;
    if (allowed) tally.allow(hour, at, address);
    else tally.refuse(hour, at, address, reason);
    this.#see(tally, address ?? "", client, at, subject);
  }

  #see(tally: TokenTally, address: string, client: string, at: number, { method, path }: Asked): void {
    for (const sighting of tally.sightings) {
      if (sighting.address !== address || sighting.client !== client) continue;
      sighting.lastAt = at;
      // A path is a piece of its request, and one that is kept keeps the whole.
      if (sighting.lastMethod !== method) sighting.lastMethod = method;
      if (sighting.lastPath !== path) sighting.lastPath = path;
      sighting.calls += 1;
      return;
    }
    if (address !== MANY && !this.variety.admits(tally.tokenId, `${address} ${client}`)) {
      this.#see(tally, MANY, MANY, at, { method, path });
      return;
    }
    if (this.#sightings >= this.limits.sightings) {
      this.dropped += 1;
      return;
    }
    this.#sightings += 1;
    const times = { firstAt: at, lastAt: at, calls: 1 };
    tally.sightings.push({ address, client, ...times, lastMethod: method, lastPath: path });
  }

  #observe(kind: string, { allowed, subject }: Decision, client: string, at: number): void {
    const applicationKey = subject.applicationKey ?? "";
    const outcome = allowed ? "allowed" : "refused";
    const address = subject.clientAddress ?? "";
    const claimedName = subject.claimedName ?? "";
    const place = `${applicationKey} ${kind} ${outcome}`;
    const isApart = this.variety.admits(`${place} ${address}`, `${claimedName} ${client}`);
    const seen: Pick<Sighting, "address" | "client"> & { claimedName: string } = isApart
      ? { address, claimedName, client }
      : { address: MANY, claimedName: MANY, client: MANY };
    const key = `${place} ${seen.address} ${seen.claimedName} ${seen.client}`;
    const tally = this.credentials.get(key);
    if (tally !== undefined) {
      tally.lastAt = at;
      tally.calls += 1;
    } else if (this.credentials.size >= this.limits.sightings) this.dropped += 1;
    else {
      const times = { firstAt: at, lastAt: at, calls: 1 };
      this.credentials.set(key, { ...seen, ...times, applicationKey, class: kind, outcome });
    }
  }
}
