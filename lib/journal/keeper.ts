import { setTimeout as sleep } from "node:timers/promises";
import type { SystemViewer } from "#lib/access/viewer";
import { execute } from "#lib/commands/execute";
import type { Database } from "#lib/db/client";
import type { Result } from "#lib/errors/error";
import { moveInstallation } from "./commands/move";
import { quarantine } from "./commands/quarantine";
import { endsOf } from "./ends-of";
import type { JournalFiles, Journals } from "./files";
import type { Journal } from "./kept";
import { type Found, isAsWritten, isDamaged, type Line } from "./line";
import { type Cause, type Head, moves, type Standing, standingOf, type Tail, tailAfter, tailOf } from "./standing";
import { eventsAfter, hashesAt, lastQuarantine, lastSignIn, readHead, toldOf } from "./store";

/** So many events a line at most. */
const BATCH = 500;
/** Whoever changed something waits no longer than this: what is missing is written at the next round. */
const WAIT_MS = 1_000;

export type KeeperOptions = {
  readonly db: Database;
  readonly files: JournalFiles;
  readonly by: SystemViewer;
  /** Of this portal. */
  readonly url: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly onQuarantine: (cause: Cause) => void;
  /** Told of each round: null when it went well. */
  readonly onRound: (error: unknown) => void;
  /** So many lines of what was written before cannot be read, were changed, or come after one that is gone. */
  readonly onDamage: (lines: number) => void;
  /** What this portal had written is there no more, or cannot be read: it goes on from what it knows. */
  readonly onLost: () => void;
  /** A journal begins beside a database that a portal, and so a journal, has served before. @param signedIn when, last */
  readonly onLate: (signedIn: Date) => void;
};

type Known = { readonly installationId: string; readonly lost: string | null; tail: Tail; damaged: number };

/** So much of what was written cannot be read, was changed, or has lost what was before it. */
const damagedIn = ({ lines, unreadable }: Journals): number => unreadable + lines.filter(isDamaged).length;

/**
 * Keeps the journal of ends: follows the audit log and writes down what ended, whoever did it. What was committed and
 * not yet written when a portal dies is written by the next one. Before each round it looks whether this database is
 * still the one that it knows.
 */
export class JournalKeeper implements Journal {
  readonly #options: KeeperOptions;
  #known: Known | null = null;
  #last: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #changing = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** One round, after those under way. Never fails. */
  round(): Promise<void> {
    const { onRound } = this.#options;
    if (this.#next === null) {
      this.#next = this.#last.then(() => {
        this.#next = null;
        return this.#round().then(() => onRound(null), onRound);
      });
      this.#last = this.#next;
    }
    return this.#next;
  }

  async caughtUp(): Promise<void> {
    // What the keeper changes itself waits for nobody.
    if (this.#changing) return;
    const ending = new AbortController();
    const late = sleep(WAIT_MS, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
    await Promise.race([this.round(), late]);
    ending.abort();
  }

  /**
   * Compares the database with what is written here, and puts it into quarantine where it must be.
   * @returns null before there is an installation
   */
  async look(): Promise<{ readonly head: Head; readonly standing: Standing } | null> {
    const { db, by, url, now } = this.#options;
    const head = await readHead(db);
    if (head === null) return null;
    const { tail, lost } = await this.#knownOf(head.installationId);
    const at = BigInt(tail.marks.get(head.epoch)?.audit ?? 0);
    const hash = (await hashesAt(db, [at])).get(at.toString()) ?? null;
    const isPlain = tail.marks.has(head.epoch) || (tail.latest === null && lost === null);
    const told = isPlain ? [] : await toldOf(db);
    const standing = standingOf(head, tail, { hashAtMark: hash, told, lost }, url);
    if (standing === "behind" || standing === "elsewhere") await this.#quarantine(standing, tail.latest ?? lost);
    else if (standing !== "quarantined" && moves(head.boundUrl, url))
      await this.#change(() => execute(db, moveInstallation, by, {}, now()));
    return { head, standing };
  }

  async #round(): Promise<void> {
    const seen = await this.look();
    if (seen === null) return;
    const { head, standing } = seen;
    if (standing === "begins") await this.#begin(head);
    if (standing === "follows") await this.#restate(head);
    if (standing === "follows" || standing === "begins") await this.#follow(head);
  }

  /**
   * Says again how far it was where the files do not say so any more: a backup of before that must not be taken for
   * today's database. What ended until then is told by the audit log of this one only.
   */
  async #restate({ installationId, epoch }: Head): Promise<void> {
    const { files, onLost } = this.#options;
    const known = await this.#knownOf(installationId);
    const mark = known.tail.marks.get(epoch);
    if (mark === undefined || !(await files.isTouched(installationId))) return;
    const read = await files.read(installationId);
    const told = known.damaged;
    known.damaged = damagedIn(read);
    const isMark = (line: Found) => line.epoch === epoch && line.audit === mark.audit && line.hash === mark.hash;
    if (read.lines.some((line) => isMark(line) && isAsWritten(line))) {
      this.#tellDamage(read, told);
      await files.see(installationId);
      return;
    }
    const { proof: _proof, ...said } = mark;
    await this.#write(installationId, { ...said, ends: [] });
    onLost();
  }

  /** A first line where nothing is known of this history: from after the quarantine, if one has just ended. */
  async #begin(head: Head): Promise<void> {
    const { db, now, onLate } = this.#options;
    const { tail, lost } = await this.#knownOf(head.installationId);
    const signedIn = tail.latest === null && lost === null ? await lastSignIn(db) : null;
    const from = tail.era === 0 ? head.auditSeq : ((await lastQuarantine(db)) ?? head.auditSeq);
    const hash = (await hashesAt(db, [from])).get(from.toString()) ?? "0".repeat(64);
    const at = new Date(now()).toISOString();
    const { epoch, seq } = head;
    const line = { era: tail.era + 1, epoch, audit: from.toString(), hash, seq: seq.toString(), at, ends: [] };
    // Before: a portal that is killed in between would never say it.
    if (signedIn !== null) onLate(signedIn);
    await this.#write(head.installationId, line);
  }

  async #follow(head: Head): Promise<void> {
    const { db, now } = this.#options;
    const { tail } = await this.#knownOf(head.installationId);
    let mark: Line | undefined = tail.told.get(head.epoch);
    while (mark !== undefined && BigInt(mark.audit) < head.auditSeq) {
      const events = await eventsAfter(db, BigInt(mark.audit), head.auditSeq, BATCH);
      const last = events.at(-1);
      if (last === undefined) return;
      mark = {
        ...{ era: mark.era, epoch: mark.epoch, audit: last.seq.toString(), hash: last.hash },
        ...{ seq: head.seq.toString(), at: new Date(now()).toISOString(), ends: events.flatMap(endsOf) },
      };
      await this.#write(head.installationId, mark);
    }
  }

  async #write(installationId: string, line: Line): Promise<void> {
    await this.#options.files.append(installationId, line);
    const known = await this.#knownOf(installationId);
    known.tail = tailAfter(known.tail, { ...line, proof: "sound" });
  }

  async #knownOf(installationId: string): Promise<Known> {
    if (this.#known?.installationId === installationId) return this.#known;
    const read = await this.#options.files.read(installationId);
    this.#tellDamage(read, 0);
    this.#known = { installationId, lost: read.lost, tail: tailOf(read.lines), damaged: damagedIn(read) };
    return this.#known;
  }

  /** @param told of so many already */
  #tellDamage(read: Journals, told: number): void {
    const damaged = damagedIn(read);
    if (damaged > told) this.#options.onDamage(damaged);
  }

  async #quarantine(cause: Cause, latest: string | null): Promise<void> {
    const { db, by, now, onQuarantine } = this.#options;
    await this.#change(() => execute(db, quarantine, by, { cause, latest }, now()));
    onQuarantine(cause);
  }

  async #change(act: () => Promise<Result<unknown>>): Promise<void> {
    this.#changing = true;
    try {
      const done = await act();
      if (!done.ok) throw new Error(done.refusal.detail);
    } finally {
      this.#changing = false;
    }
  }
}
